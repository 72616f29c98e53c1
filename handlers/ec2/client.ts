import { EC2 } from '@aws-sdk/client-ec2';

/** A client for a Region, or for the one that the function runs in. */
export function clientIn(region?: string): EC2 {
  return new EC2({ region, maxAttempts: 5 });
}
