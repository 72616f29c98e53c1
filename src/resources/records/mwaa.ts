import { gap, record } from '../record-builder';
import { SERVICE_OWNED } from './governed-by';

export const MWAA = [record('AWS::MWAA::Environment', { gaps: [gap({}, SERVICE_OWNED)] })];
