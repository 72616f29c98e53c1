import type { Reason } from './request/judge-request';

/** The reason why a call is IMDSv1, as text. */
export function reasonInWords(reason: Reason, header: string | undefined): string {
  switch (reason) {
    case 'misspelt header': return `it sends the header '${header ?? ''}' instead of X-aws-ec2-metadata-token`;
    case 'lifetime header': return 'it sends the header that requests a token, but no token';
    case 'empty token': return 'it sends the header X-aws-ec2-metadata-token with an empty value';
    case 'old program': return 'it is ec2-metadata from before version 1.1 of ec2-utils, which sends no token: use the one that comes with Amazon Linux';
    case 'name of a variable': return 'single quotes send the name of the variable in X-aws-ec2-metadata-token, and not its value';
    case 'not on its line': return 'its line has no X-aws-ec2-metadata-token, and this part of the script was only searched line by line';
    case 'not followed': return 'it takes too many steps to follow, so it may send no X-aws-ec2-metadata-token';
    case 'unknown program': return 'it is not known whether this program sends X-aws-ec2-metadata-token, and no script here does';
    case 'failed token': return 'its token request gets no token: use PUT with X-aws-ec2-metadata-token-ttl-seconds';
    default: return 'it sends no X-aws-ec2-metadata-token';
  }
}
