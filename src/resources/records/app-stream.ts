import { DISABLE_FLAG } from '../dialects';
import { carrier, record } from '../record-builder';

export const APP_STREAM = ['AWS::AppStream::Fleet', 'AWS::AppStream::ImageBuilder', 'AWS::AppStream::AppBlockBuilder'].map(type => record(type, {
  carriers: [carrier('DisableIMDSV1', DISABLE_FLAG, 'in place')],
  unsetIsLeftTo: 'the service',
}));
