import { gap, record } from '../record-builder';
import { REGIONAL } from './governed-by';

/** Managed instances are in the account of the user, and hidden from most lists. */
const CAPACITY_PROVIDER = record('AWS::Lambda::CapacityProvider', {
  gaps: [gap({}, { governedBy: REGIONAL, source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateCapacityProvider.html' })],
});

export const LAMBDA = [CAPACITY_PROVIDER];
