/** An element with text in it. */
export function element(name: string, text: string): string {
  return `<${name}>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</${name}>`;
}

/** A response of EC2 with these elements. */
export function ec2Xml(action: string, elements: string): string {
  return `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>${elements}</${action}Response>`;
}

export function errorXml(code: string, message: string): string {
  const error = `<Error>${element('Code', code)}${element('Message', message)}</Error>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors>${error}</Errors><RequestID>59dbff89-35bd-4eac-99ed-be587EXAMPLE</RequestID></Response>`;
}
