/** What a customer may make of the stack, each with everything that changes its resources. */
const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:';

export const VARIANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'by default': {},
  'with domain, alarm address, pause and no archive': {
    domainName: 'bridge.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
    alarmEmail: 'billing@example.com',
    paused: 'true',
    archiveDays: '0',
  },
  'with secrets brought along': { segmentSecretArn: `${SECRET}segment-AbC123`, endpointTokenSecretArn: `${SECRET}endpoint`, metronomeTokenSecretArn: `${SECRET}metronome-xYz789` },
  'for a trial': { ephemeral: 'true', silenceAlarmHours: '0' },
};
