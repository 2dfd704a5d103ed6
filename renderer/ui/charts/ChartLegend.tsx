import styles from './charts.module.css'

/** What the colours of the bars say. The charts' own labels say it in words. */
export function ChartLegend({ answered, missed, isAside }: { answered: string; missed: string; isAside?: boolean }) {
  return (
    <ul className={styles.legend} data-aside={isAside || undefined} aria-hidden="true">
      <li>
        <i />
        {answered}
      </li>
      <li>
        <i className={styles.alert} />
        {missed}
      </li>
    </ul>
  )
}
