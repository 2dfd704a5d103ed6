import type { ReactNode } from 'react'
import styles from './charts.module.css'

/** What a chart draws, in numbers. The first cell of a row is its heading. `isHidden` = only for who cannot see the chart. */
export function ChartTable(props: {
  title: string
  head: readonly string[]
  rows: readonly { key: string | number; cells: readonly ReactNode[] }[]
  isHidden?: boolean
  testId: string
}) {
  return (
    <table className={props.isHidden ? 'vh' : styles.table} data-testid={props.testId}>
      <caption>{props.title}</caption>
      <thead>
        <tr>
          {props.head.map((one) => (
            <th key={one} scope="col">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ key, cells: [first, ...rest] }) => (
          <tr key={key}>
            <th scope="row" className="num">
              {first}
            </th>
            {rest.map((cell, at) => (
              <td key={props.head[at + 1]} className="num">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
