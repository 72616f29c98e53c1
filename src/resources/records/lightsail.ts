import { gap, record } from '../record-builder';

export const LIGHTSAIL = [
  record('AWS::Lightsail::Instance', { gaps: [gap({}, 'the Lightsail API UpdateInstanceMetadataOptions, called once the instance is there')] }),
];
