// @ts-check
// `node scripts/icons.mjs`: the installers' icons in resources/, drawn by Chromium from icon.svg.
// Their results are kept in the repository; run it after changing the mark.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { provideBrowser } from './browser/provide.mjs';
import { command } from './setup/command.mjs';
import { ROOT } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';

const RESOURCES = join(ROOT, 'resources');
const LINUX = [16, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS = [16, 32, 48, 256];
/** The types of an .icns that hold PNG, by size in px. */
const MAC = /** @type {const} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
]);

await command(async () => {
  const progress = new Progress({ total: 2 });
  const browser = await progress.step('Providing a browser', provideBrowser);
  await progress.step('Drawing the icons', async () => {
    const drawn = await draw(browser);
    for (const [size, png] of drawn) await writeFile(join(RESOURCES, 'icons', `${size}x${size}.png`), png);
    /** @param {number} size */
    const at = (size) => drawn.get(size) ?? Buffer.alloc(0);
    await writeFile(join(RESOURCES, 'icon.ico'), ico(WINDOWS.map((size) => ({ size, png: at(size) }))));
    await writeFile(join(RESOURCES, 'icon.icns'), icns(MAC.map(([type, size]) => ({ type, png: at(size) }))));
  });
  return 0;
});

/**
 * @param {string} executablePath the browser
 * @returns {Promise<Map<number, Buffer>>} a PNG for each size in px
 */
async function draw(executablePath) {
  const svg = await readFile(join(RESOURCES, 'icon.svg'), 'utf8');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    /** @type {Map<number, Buffer>} */
    const drawn = new Map();
    for (const size of LINUX) {
      await page.setViewportSize({ width: size, height: size });
      drawn.set(size, await page.screenshot({ omitBackground: true }));
    }
    return drawn;
  } finally {
    await browser.close();
  }
}

/**
 * A Windows icon: a header, a directory, and the PNGs.
 *
 * @param {{ size: number, png: Buffer }[]} images
 */
function ico(images) {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length + 16 * images.length;
  const entries = images.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    // 0 stands for 256.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...images.map(({ png }) => png)]);
}

/**
 * A macOS icon: blocks of a type, a length (their header included) and a PNG.
 *
 * @param {{ type: string, png: Buffer }[]} images
 */
function icns(images) {
  const blocks = images.map(({ type, png }) => block(type, png));
  return block('icns', Buffer.concat(blocks));
}

/** @param {string} type @param {Buffer} content */
function block(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(header.length + content.length, 4);
  return Buffer.concat([header, content]);
}
