import { axisTicks } from './chart-scale.ts'
import styles from './charts.module.css'

export interface Bar {
  key: number
  /** Under the bar; '' leaves it unnamed. */
  label: string
  answered: number
  missed: number
}

interface Size {
  width: number
  height: number
  left: number
  bottom: number
  top: number
  hasAxis: boolean
}
const sizes = {
  panel: { width: 352, height: 168, left: 30, bottom: 20, top: 8, hasAxis: true },
  /** Low enough to stand above a list: no numbers at the side. */
  strip: { width: 352, height: 66, left: 0, bottom: 18, top: 4, hasAxis: false },
} satisfies Record<string, Size>

/** Answered with missed on top of it. The words in `label` and the table beside it say the same. */
export function BarChart({ bars, label, size = 'panel' }: { bars: Bar[]; label: string; size?: keyof typeof sizes }) {
  const { width, height, left, bottom, top, hasAxis } = sizes[size]
  const ticks = axisTicks(Math.max(...bars.map(({ answered, missed }) => answered + missed)))
  const most = ticks.at(-1) ?? 1
  const y = (value: number) => height - bottom - (value / most) * (height - bottom - top)
  const step = (width - left) / Math.max(1, bars.length)
  const barWidth = Math.min(24, step * 0.62)
  return (
    <svg className={styles.bars} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {(hasAxis ? ticks : [0]).map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
          {hasAxis && (
            <text x={left - 6} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          )}
        </g>
      ))}
      {bars.map(({ key, label: under, answered, missed }, at) => {
        const x = left + at * step + (step - barWidth) / 2
        return (
          <g key={key}>
            <rect x={x} width={barWidth} y={y(answered)} height={y(0) - y(answered)} />
            {missed > 0 && (
              <rect
                className={styles.alert}
                x={x}
                width={barWidth}
                y={y(answered + missed)}
                height={Math.max(1.5, y(answered) - y(answered + missed) - (answered > 0 ? 1 : 0))}
              />
            )}
            <text x={x + barWidth / 2} y={height - 4} textAnchor="middle">
              {under}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
