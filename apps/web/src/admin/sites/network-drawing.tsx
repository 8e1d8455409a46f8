import type { Opening } from '@vaxel/site'
import { useMemo } from 'react'
import { drawOpenings } from './drawing-model.ts'
import css from './sites.module.css'

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Who speaks to whom through the firewall. The table of openings says the same to those who cannot see it. */
export function NetworkDrawing({ openings, label }: { readonly openings: readonly Opening[]; readonly label: string }) {
  const { width, height, boxes, arrows } = useMemo(() => drawOpenings(openings), [openings])
  const wall = width / 2
  return (
    <div className={css.drawing} tabIndex={0} role="group" aria-label={label}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
        <defs>
          <marker id="site-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M0 0 L8 4 L0 8 z" className={css.head} />
          </marker>
        </defs>
        <line x1={wall} x2={wall} y1={4} y2={height - 4} className={css.wall} />
        {arrows.map(({ key, from, to, at, label: text }) => (
          <g key={key}>
            <line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} className={css.arrow} markerEnd="url(#site-arrow)" />
            <text x={at[0]} y={at[1]} className={css.flow}>
              {cut(text, 44)}
              <title>{text}</title>
            </text>
          </g>
        ))}
        {boxes.map(({ key, label: name, lines, x, y, width: w, height: h, side }) => (
          <g key={key}>
            <rect x={x} y={y} width={w} height={h} rx={8} className={side === 'customer' ? css.own : css.other} />
            <text x={x + 10} y={y + 18} className={css.place}>
              {cut(name, 28)}
              <title>{name}</title>
            </text>
            {lines.map((line, index) => (
              <text key={line} x={x + 10} y={y + 36 + index * 16} className={css.address}>
                {cut(line, 30)}
              </text>
            ))}
          </g>
        ))}
      </svg>
    </div>
  )
}
