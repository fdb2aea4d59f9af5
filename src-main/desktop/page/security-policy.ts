/**
 * The Content-Security-Policy of the app's page. A meeting's page may connect to its own host only, the home
 * screen to no host. Scripts and styles come from the app's files only.
 *
 * @param host `https://address:port`; null: the home screen
 */
export function securityPolicy(host: string | null): string {
  const connect = host === null ? "'self'" : `'self' ${host} ${host.replace(/^https:/, 'wss:')}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    "worker-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
