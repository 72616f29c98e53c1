import { gap, record } from '../record-builder';
import { SERVICE_OWNED, referenceOf } from './governed-by';

export const DEADLINE = [
  record('AWS::Deadline::Fleet', {
    gaps: [gap({ present: 'Configuration.ServiceManagedEc2' }, { governedBy: SERVICE_OWNED, source: referenceOf('deadline-fleet') })],
  }),
];
