import { writeFileSync } from 'node:fs';

/** Draws the ladder of the documents: `node scripts/draw-ladder.ts` writes `docs/images/ladder.svg`. */
const rungs = [
  { name: 'the model answers', does: 'checks pass: delivered at once', costs: 'one call' },
  { name: 'retry', does: 'asked again, told what is wrong where', costs: 'a call' },
  { name: 'repair', does: 'asked for the failing fields only', costs: 'a short call' },
  { name: 'lendTools', does: 'asked again, with tools to look things up', costs: 'calls' },
  { name: 'fallback', does: 'another model is asked', costs: 'a call to another model' },
  { name: 'human', does: 'a person approves, corrects, advises or rejects', costs: 'a person' },
] as const;

const [width, step, height] = [760, 62, 46];
const bottom = rungs.length * step + 20;
const [left, right] = [24, width - 24];

const boxes = rungs.map(({ name, does, costs }, index) => {
  const y = bottom - (index + 1) * step;
  const arrow =
    index === 0 ? '' : `<path class="line" d="M ${left + 84} ${y + step} V ${y + height + 4}" marker-end="url(#up)"/>`;
  return `
  ${arrow}
  <rect class="rung rung-${index}" x="${left}" y="${y}" width="${right - left}" height="${height}" rx="8"/>
  <text class="name" x="${left + 16}" y="${y + 28}">${name}</text>
  <text x="${left + 190}" y="${y + 28}">${does}</text>
  <text class="costs" x="${right - 16}" y="${y + 28}" text-anchor="end">${costs}</text>`;
});

const description = rungs.map(({ name, does }) => `${name}: ${does}`).join('; ');
writeFileSync(
  'docs/images/ladder.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom}" role="img" aria-labelledby="title description">
  <title id="title">The ladder of stages, lowest first</title>
  <desc id="description">${description}</desc>
  <style>
    text { font: 14px system-ui, sans-serif; fill: #1f2933; }
    .name { font-weight: 600; }
    .costs { fill: #52606d; }
    .rung { fill: #f5f7fa; stroke: #9aa5b1; }
    .rung-0 { fill: #e3f4e6; stroke: #57ae5b; }
    .line { stroke: #7b8794; stroke-width: 2; }
    #up path { fill: #7b8794; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e4e7eb; }
      .costs { fill: #9aa5b1; }
      .rung { fill: #1f2933; stroke: #52606d; }
      .rung-0 { fill: #1c3a21; stroke: #57ae5b; }
    }
  </style>
  <marker id="up" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="6" markerHeight="6" orient="auto">
    <path d="M0 0 L8 4 L0 8 z"/>
  </marker>${boxes.join('')}
</svg>
`,
);
