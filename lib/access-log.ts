import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/**
 * One line for each webhook. Without headers and query, which may carry credentials. At a line a webhook every field is on
 * the bill, ten bytes of it for half a cent a million, so what is known anyway isn't there: CloudWatch has the time of each line, the
 * answer's length follows from its status, and the metrics have how long the function took.
 * Fields: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const FIELDS = {
  requestId: AccessLogField.contextRequestId(),
  // Tells Segment from a stranger who has found the URL.
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  status: AccessLogField.contextStatus(),
  latencyMs: AccessLogField.contextResponseLatency(),
  integrationError: AccessLogField.contextIntegrationErrorMessage(),
};

export const ACCESS_LOG_FORMAT = AccessLogFormat.custom(JSON.stringify(FIELDS));
