import { gap, record } from '../record-builder';

export const LIGHTSAIL = [
  record('AWS::Lightsail::Instance', {
    gaps: [gap({}, {
      governedBy: 'the Lightsail API UpdateInstanceMetadataOptions, which you call after the instance is created',
      source: 'https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_UpdateInstanceMetadataOptions.html',
    })],
  }),
];
