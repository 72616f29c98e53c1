import type { Environment, ProgramRecord } from '../environment';
import { gap, record } from '../record-builder';
import { SERVICE_FIRST } from './governed-by';

/** Managed instances are in the account of the user, and hidden from most lists. */
const CAPACITY_PROVIDER = record('AWS::Lambda::CapacityProvider', {
  gaps: [gap({}, { governedBy: SERVICE_FIRST, source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateCapacityProvider.html' })],
});

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const VARIABLES: Environment = {
  places: [{ kind: 'map', path: ['Environment', 'Variables'], mostBytes: 4096 }],
  runsOn: { kind: 'service', canBeAtEdge: true },
  operatingSystems: [],
  onNewVariables: { kind: 'new function version' },
};

const SAM: Environment = { ...VARIABLES, onNewVariables: { kind: 'new function version', publishedBy: ['AutoPublishAlias'] } };

export const LAMBDA = [CAPACITY_PROVIDER];

export const LAMBDA_PROGRAMS: readonly ProgramRecord[] = [
  { type: 'AWS::Lambda::Function', environment: VARIABLES },
  { type: 'AWS::Serverless::Function', environment: SAM },
];
