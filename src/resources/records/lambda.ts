import { gap, record } from '../record-builder';
import { SERVICE_FIRST } from './governed-by';

/** Managed instances are in the account of the user, and hidden from most lists. */
const CAPACITY_PROVIDER = record('AWS::Lambda::CapacityProvider', {
  gaps: [gap({}, { governedBy: SERVICE_FIRST, source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateCapacityProvider.html' })],
});

export const LAMBDA = [CAPACITY_PROVIDER];
