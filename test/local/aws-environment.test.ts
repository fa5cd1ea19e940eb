import { describe, expect, it } from '@jest/globals';

import { useLocalAws } from '../../local/aws-environment.ts';

describe('useLocalAws', () => {
  it('forgets the account it was started with and points every client at this machine', () => {
    const environment: NodeJS.ProcessEnv = {
      PATH: '/bin',
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'token',
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_USE_FIPS_ENDPOINT: 'true',
    };

    useLocalAws(environment, { queueAndBucket: 'http://127.0.0.1:1', secretsManager: 'http://127.0.0.1:2', region: 'us-east-1', accessKeyId: 'key-of-this-run' });

    expect(environment).toEqual({
      PATH: '/bin',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'key-of-this-run',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_CONFIG_FILE: expect.any(String),
      AWS_SHARED_CREDENTIALS_FILE: expect.any(String),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:2',
    });
  });
});
