import { Icon } from './Icon.tsx'
import styles from './Stepper.module.css'

/** Where we are: done steps ticked, the current one (`at`) filled. `done` says the tick in words. */
export function Stepper(props: {
  label: string
  steps: readonly string[]
  at: number
  done: string
  className?: string
}) {
  return (
    <ol className={[styles.stepper, props.className].filter(Boolean).join(' ')} aria-label={props.label}>
      {props.steps.map((name, step) => (
        <li
          key={name}
          className={step < props.at ? styles.done : undefined}
          aria-current={step === props.at ? 'step' : undefined}
        >
          <span className={`${styles.number} num`}>{step < props.at ? <Icon name="check" size="s" /> : step + 1}</span>
          <span className={styles.name}>
            {name}
            {step < props.at && <span className="vh">{props.done}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
