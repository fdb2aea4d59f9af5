import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { certificateNames } from '../../host/network/certificate.ts';
import { type CertificateFiles, readCertificateFiles } from '../../host/network/certificate-files.ts';
import { type Finding, messageOf, ok, problem } from './finding.ts';

/** A certificate that lasts no longer than this is to be renewed now, ms. */
const SOON_MS = 14 * 86_400_000;

/**
 * Whether a certificate from elsewhere lasts, and is for what guests call this computer.
 *
 * @param names IP addresses and host names
 * @param now epoch ms
 */
export async function checkCertificate(
  files: CertificateFiles,
  names: readonly string[],
  now: number,
): Promise<Finding[]> {
  let pem: string;
  try {
    pem = (await readCertificateFiles(files, now)).cert;
  } catch (error) {
    return [problem(messageOf(error))];
  }
  const certificate = new X509Certificate(pem);
  const end = certificate.validToDate;
  const day = end.toISOString().slice(0, 10);
  const days = Math.floor((end.getTime() - now) / 86_400_000);
  const lasting =
    end.getTime() - now < SOON_MS
      ? problem(
          `The certificate in ${files.cert} expires on ${day}, in ${days} days. Renew it: afterwards browsers refuse it.`,
        )
      : ok(`The certificate in ${files.cert} is valid until ${day}.`);
  const missing = names.filter((name) => !covers(certificate, name));
  if (missing.length === 0) return [lasting];
  const covered = certificateNames(pem).join(', ');
  return [
    lasting,
    problem(
      `The certificate in ${files.cert} is for ${covered}, not for ${missing.join(', ')}: browsers warn about it there.`,
    ),
  ];
}

function covers(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}
