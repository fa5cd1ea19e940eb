import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/**
 * One line for each webhook. Without headers and query, which may carry credentials, and without the path and the user
 * agent: at a line a webhook, every field is on the bill.
 * Fields: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const FIELDS = {
  requestId: AccessLogField.contextRequestId(),
  time: AccessLogField.contextRequestTime(),
  // Tells Segment from a stranger who has found the URL.
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  route: AccessLogField.contextRouteKey(),
  status: AccessLogField.contextStatus(),
  latencyMs: AccessLogField.contextResponseLatency(),
  integrationLatencyMs: AccessLogField.contextIntegrationLatency(),
  responseLength: AccessLogField.contextResponseLength(),
  integrationError: AccessLogField.contextIntegrationErrorMessage(),
};

export const ACCESS_LOG_FORMAT = AccessLogFormat.custom(JSON.stringify(FIELDS));
