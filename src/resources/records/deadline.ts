import { gap, record } from '../record-builder';
import { SERVICE_OWNED } from './governed-by';

export const DEADLINE = [
  record('AWS::Deadline::Fleet', { gaps: [gap({ present: 'Configuration.ServiceManagedEc2' }, SERVICE_OWNED)] }),
];
