import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a deployed stack's account tells of it: its outputs, and its metrics by hour. */
export interface AwsDouble {
  readonly url: string;
  /** The stack's outputs; undefined if there is no stack of this name. */
  outputs: (stackName: string) => Readonly<Record<string, string>> | undefined;
  /** Sums by hour's start. */
  metric: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** CloudFormation and CloudWatch, as far as the operator's tool asks them. */
export async function startAwsDouble(): Promise<AwsDouble> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { status, answer } = isCloudWatch(request) ? metricAnswer(double.metric) : stackAnswer(new URLSearchParams(body).get('StackName') ?? '', double.outputs);
      response.writeHead(status, { 'content-type': isCloudWatch(request) ? 'application/x-amz-json-1.0' : 'text/xml' });
      response.end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const double: AwsDouble = {
    url: `http://127.0.0.1:${address.port}`,
    outputs: () => undefined,
    metric: {},
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return double;
}

interface Answer {
  readonly status: number;
  readonly answer: string;
}

function isCloudWatch(request: IncomingMessage): boolean {
  return request.headers['x-amz-target'] !== undefined;
}

function metricAnswer(metric: AwsDouble['metric']): Answer {
  const Datapoints = Object.entries(metric).map(([hour, Sum]) => ({ Timestamp: Date.parse(hour) / 1_000, Sum, Unit: 'Count' }));
  return { status: 200, answer: JSON.stringify({ Label: 'Accepted', Datapoints }) };
}

function stackAnswer(stackName: string, outputsOf: AwsDouble['outputs']): Answer {
  const outputs = outputsOf(stackName);
  if (outputs === undefined) {
    return { status: 400, answer: `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${stackName} does not exist</Message></Error></ErrorResponse>` };
  }
  const members = Object.entries(outputs).map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`);
  const stack = `<member><StackName>${stackName}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member>`;
  return { status: 200, answer: `<DescribeStacksResponse><DescribeStacksResult><Stacks>${stack}</Stacks></DescribeStacksResult></DescribeStacksResponse>` };
}
