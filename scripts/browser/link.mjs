// @ts-check

/** Writes a link to the terminal, and as a QR code for a telephone. @param {string} url */
export async function printLink(url) {
  // Installed by the time this is called, not when the command that imports this file begins.
  const { default: qrcode } = await import('qrcode');
  console.log(`\n  ${url}\n`);
  console.log(await qrcode.toString(url, { type: 'terminal', small: true }));
}
