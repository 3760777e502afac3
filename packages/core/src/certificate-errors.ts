/** Whether a server's certificate was refused (nodejs.org/api/tls.html#x509-certificate-error-codes). */
export function isOfCertificate(error: unknown): boolean {
  return error instanceof Error && /certificate|altnames/i.test(error.message);
}

export const certificateRemedy =
  "State the certificate that the server's is signed with: ssl: { ca: readFileSync('ca.crt', 'utf8') }. Where nobody" +
  ' else can be in between, ssl: { rejectUnauthorized: false } takes any.';
