import { SQSClient, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';

const NAME = 'events';
const DEAD = 'dead-letters';

export interface Depths {
  readonly visible: number;
  readonly inFlight: number;
  readonly dead: number;
}

export interface LocalQueue {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  send(body: string, attributes?: Readonly<Record<string, MessageAttributeValue>>): Promise<string>;
  /** Sends messages of these bodies, in tens. */
  sendAll(bodies: readonly string[]): Promise<void>;
  depths(): Depths;
  stop(): Promise<void>;
}

/** A real queue in this process, with dead letters behind it. */
export async function startLocalQueue(options: { readonly visibilitySeconds: number; readonly maxReceiveCount: number }): Promise<LocalQueue> {
  const server = await startFauxqs({ port: 0, logger: false });
  const dead = server.createQueue(DEAD);
  const { queueArn } = server.createQueue(NAME, {
    attributes: {
      VisibilityTimeout: String(options.visibilitySeconds),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.queueArn, maxReceiveCount: options.maxReceiveCount }),
    },
  });
  const queueUrl = `http://127.0.0.1:${server.port}/000000000000/${NAME}`;
  const sqs = localSqsClient(`http://127.0.0.1:${server.port}`);

  return {
    sqs,
    queueUrl,
    queueArn,
    async send(body, attributes) {
      const { MessageId = '' } = await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes: { ...attributes } }));
      return MessageId;
    },
    async sendAll(bodies) {
      for (let start = 0; start < bodies.length; start += 10) {
        const entries = bodies.slice(start, start + 10).map((body, index) => ({ Id: String(index), MessageBody: body }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      }
    },
    depths() {
      const messages = server.inspectQueue(NAME)?.messages;
      return {
        visible: messages?.ready.length ?? -1,
        inFlight: messages?.inflight.length ?? -1,
        dead: server.inspectQueue(DEAD)?.messages.ready.length ?? -1,
      };
    },
    async stop() {
      sqs.destroy();
      await server.stop();
    },
  };
}

/** A client that fails at once instead of trying again, so that tests see each failure. */
export function localSqsClient(endpoint: string): SQSClient {
  return new SQSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
}
