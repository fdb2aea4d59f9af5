/** Moving pictures of people who do not exist, drawn: what a camera would give. */

export interface Look {
  skin: string;
  hair: string;
  /** How the hair falls. */
  style: 'short' | 'long' | 'curly' | 'scarf' | 'bald';
  shirt: string;
  wall: string;
  glow: string;
  beard?: boolean;
  glasses?: boolean;
}

const LOOKS: readonly Look[] = [
  { skin: '#e8b89a', hair: '#a65a2e', style: 'short', shirt: '#34506e', wall: '#9c8468', glow: '#f6dfb0', beard: true },
  { skin: '#b97a4f', hair: '#2b1d18', style: 'long', shirt: '#6d4560', wall: '#8d7f68', glow: '#f0cf98' },
  {
    skin: '#ecc3a6',
    hair: '#3f2c22',
    style: 'short',
    shirt: '#6d7b62',
    wall: '#6d7b7f',
    glow: '#dfe8ee',
    glasses: true,
  },
  { skin: '#8a5738', hair: '#b45b4b', style: 'scarf', shirt: '#b45b4b', wall: '#a3977e', glow: '#f4dca0' },
  { skin: '#a9683f', hair: '#1c1311', style: 'curly', shirt: '#bf8a2d', wall: '#94785a', glow: '#fbe3b4' },
  { skin: '#e2b08c', hair: '#5b3a2a', style: 'long', shirt: '#c3b28d', wall: '#a88d68', glow: '#ffe9c0' },
  { skin: '#6f4630', hair: '#120d0c', style: 'bald', shirt: '#3f5f5e', wall: '#5d6a66', glow: '#d8e2cf', beard: true },
  {
    skin: '#f0cbb2',
    hair: '#c9a25c',
    style: 'long',
    shirt: '#4f5b88',
    wall: '#7f7a86',
    glow: '#f7e6cf',
    glasses: true,
  },
];

const WIDTH = 640;
const HEIGHT = 360;
const FRAMES_PER_SECOND = 2;

function blob(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  context.beginPath();
  context.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
  context.fill();
}

function room(context: CanvasRenderingContext2D, look: Look, side: number): void {
  const wall = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
  wall.addColorStop(0, look.wall);
  wall.addColorStop(1, '#4b4036');
  context.fillStyle = wall;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.filter = 'blur(14px)';
  context.fillStyle = look.glow;
  context.globalAlpha = 0.75;
  context.fillRect(side * WIDTH - 70, 30, 140, 130);
  context.globalAlpha = 0.55;
  for (const [index, colour] of ['#7a3d33', '#c8b48a', '#3f5f5e', '#a0623c', '#5b673c'].entries()) {
    context.fillStyle = colour;
    context.fillRect((1 - side) * WIDTH - 90 + index * 34, 90, 22, 60);
  }
  context.globalAlpha = 1;
  context.filter = 'none';
}

function hairBehind(context: CanvasRenderingContext2D, look: Look, x: number, y: number): void {
  context.fillStyle = look.hair;
  if (look.style === 'curly')
    for (let turn = 0; turn < 18; turn += 1) {
      const angle = Math.PI * (0.78 + (turn / 17) * 1.44);
      blob(context, x + Math.cos(angle) * 78, y - 22 + Math.sin(angle) * 82, 30, 30);
    }
  if (look.style === 'long') {
    blob(context, x, y - 24, 74, 92);
    context.fillRect(x - 74, y - 20, 148, 150);
  }
  if (look.style === 'scarf') {
    blob(context, x, y - 6, 88, 108);
    blob(context, x, y + 110, 110, 70);
  }
  if (look.style === 'short') blob(context, x, y - 30, 66, 70);
}

function face(context: CanvasRenderingContext2D, look: Look, x: number, y: number, time: number): void {
  const shade = context.createLinearGradient(x - 60, y, x + 70, y + 40);
  shade.addColorStop(0, look.skin);
  shade.addColorStop(1, `color-mix(in srgb, ${look.skin}, #3b2418 28%)`);
  context.fillStyle = shade;
  context.fillRect(x - 26, y + 50, 52, 60);
  blob(context, x, y, 60, 80);
  if (look.beard) {
    context.fillStyle = look.hair;
    context.beginPath();
    context.ellipse(x, y + 26, 58, 56, 0, 0.05 * Math.PI, 0.95 * Math.PI);
    context.fill();
  }
  if (look.style === 'short' || look.style === 'long') {
    context.fillStyle = look.hair;
    context.beginPath();
    context.ellipse(x, y - 44, 62, 40, 0, Math.PI, 2 * Math.PI);
    context.quadraticCurveTo(x + 10, y - 60, x - 62, y - 36);
    context.fill();
  }
  const blink = Math.sin(time / 900) > 0.985 ? 1 : 6;
  for (const side of [-1, 1]) {
    context.fillStyle = '#f6f1ea';
    blob(context, x + side * 24, y - 8, 11, blink);
    context.fillStyle = '#2b1d16';
    blob(context, x + side * 24, y - 8, 6, Math.min(blink, 6));
    context.strokeStyle = look.style === 'scarf' ? '#2b1d16' : look.hair;
    context.lineWidth = 5;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(x + side * 12, y - 26);
    context.quadraticCurveTo(x + side * 26, y - 33, x + side * 38, y - 25);
    context.stroke();
    if (look.glasses) {
      context.strokeStyle = '#1c1815';
      context.lineWidth = 4;
      context.strokeRect(x + side * 24 - 18, y - 22, 36, 28);
    }
  }
  context.strokeStyle = '#00000040';
  context.lineWidth = 4;
  context.beginPath();
  context.moveTo(x + 2, y);
  context.quadraticCurveTo(x + 12, y + 22, x - 4, y + 24);
  context.stroke();
  context.fillStyle = '#8d3f38';
  context.beginPath();
  context.ellipse(x, y + 42, 20, 6 + 5 * Math.abs(Math.sin(time / 400)), 0, 0, Math.PI);
  context.fill();
}

function paint(context: CanvasRenderingContext2D, look: Look, seed: number, time: number): void {
  const x = WIDTH / 2 + 6 * Math.sin(time / 1300 + seed);
  const y = 160 + 3 * Math.sin(time / 1700 + seed);
  room(context, look, seed % 2 ? 0.2 : 0.8);
  hairBehind(context, look, x, y);
  context.fillStyle = look.shirt;
  blob(context, WIDTH / 2, HEIGHT + 50, 190, 130);
  face(context, look, x, y, time);
}

/** A camera's stream of the person of that number, 640×360. */
export function portrait(seed: number): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext('2d');
  const look = LOOKS[seed % LOOKS.length];
  if (!context || !look) throw new Error('This browser draws nothing.');
  const frame = () => paint(context, look, seed, performance.now());
  frame();
  setInterval(frame, 1000 / FRAMES_PER_SECOND);
  return canvas.captureStream(FRAMES_PER_SECOND);
}

/** A shared document, 1600×1000, its cursor moving. */
export function sharedDocument(title: string): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 1000 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  const frame = () => {
    context.fillStyle = '#fbf9f6';
    context.fillRect(0, 0, 1600, 1000);
    context.fillStyle = '#2a2621';
    context.font = '600 72px Inter, sans-serif';
    context.fillText(title, 120, 190);
    context.font = '30px Inter, sans-serif';
    context.fillText('Two boats, one crew of six. May and June carry most of the dives, so the compressor', 120, 270);
    context.fillText('is serviced in April and the spare stays ashore until the first week of July.', 120, 314);
    for (const [index, value] of [90, 120, 190, 215, 155, 105, 60].entries()) {
      context.fillStyle = index === 2 || index === 3 ? '#2d7f79' : '#b9cfcb';
      context.fillRect(150 + index * 190, 640 - value, 96, value);
    }
    context.fillStyle = '#d8d0c4';
    for (const y of [640, 720, 800, 880]) context.fillRect(120, y, 1360, 2);
    context.fillStyle = '#6b645b';
    context.font = '30px Inter, sans-serif';
    for (const [index, line] of ['8 April    Compressor service', '4 May    First transect, buoys 1 to 6'].entries())
      context.fillText(line, 120, 770 + index * 80);
    context.fillStyle = '#2a2621';
    blob(context, 900 + 80 * Math.sin(performance.now() / 900), 840, 8, 8);
  };
  frame();
  setInterval(frame, 1000 / FRAMES_PER_SECOND);
  return canvas.captureStream(FRAMES_PER_SECOND);
}
