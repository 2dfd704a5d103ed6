import { useTranslation } from 'react-i18next'
import styles from './first-run.module.css'

type Kind = 'connect' | 'extension' | 'notify' | 'pop'

/** The picture of a step. `pbx`, `thisPc` and `extension` stand under their drawings where they are known. */
export function StepPicture(props: { kind: Kind; pbx?: string; thisPc?: string; extension?: string }) {
  const { t } = useTranslation('first-run')
  const pbx = [t('picture.pbx'), props.pbx].filter(Boolean).join(' ')
  const thisPc = [t('picture.thisPc'), props.thisPc].filter(Boolean).join(' ')
  const phone = [t('picture.phone'), props.extension].filter(Boolean).join(' ')
  return (
    <svg className={styles.picture} viewBox="0 0 640 136" role="img" aria-label={t(`picture.${props.kind}Alt`)}>
      {props.kind === 'connect' && (
        <>
          <Computer x={140} label={thisPc} />
          <Arrow x={268} label={t('picture.asks')} live />
          <Cabinet x={396} label={pbx} />
        </>
      )}
      {props.kind === 'extension' && (
        <>
          <Cabinet x={42} label={pbx} />
          <Arrow x={164} label={t('picture.rings')} live />
          <DeskPhone x={280} label={phone} />
          <Arrow x={386} />
          <Computer x={508} label={t('picture.thisPc')} />
        </>
      )}
      {props.kind === 'notify' && (
        <>
          <Mobile x={34} label={t('picture.customer')} />
          <Arrow x={118} label={t('picture.calls')} />
          <Cabinet x={240} label={pbx} />
          <Arrow x={362} label={t('picture.notice')} live />
          <Computer x={486} label={thisPc} />
        </>
      )}
      {props.kind === 'pop' && <PopScreen label={t('picture.thisPc')} />}
    </svg>
  )
}

function Arrow({ x, label, live }: { x: number; label?: string; live?: boolean }) {
  return (
    <g transform={`translate(${x} 0)`}>
      <path className={live ? styles.live : styles.line} d="M0 66h104M96 58l8 8-8 8" />
      {label && (
        <text x="52" y="54" className={live ? styles.liveText : undefined}>
          {label}
        </text>
      )}
    </g>
  )
}

function Cabinet({ x, label }: { x: number; label: string }) {
  return (
    <g transform={`translate(${x} 34)`}>
      <rect className={styles.soft} width="104" height="28" rx="6" />
      <rect className={styles.soft} y="36" width="104" height="28" rx="6" />
      <path className={styles.line} d="M14 14h.01M14 50h.01M26 14h.01M26 50h.01M60 14h30M60 50h30" />
      <text x="52" y="90">
        {label}
      </text>
    </g>
  )
}

function Computer({ x, label }: { x: number; label: string }) {
  return (
    <g transform={`translate(${x} 26)`}>
      <rect className={styles.soft} width="104" height="66" rx="6" />
      <path className={styles.line} d="M34 80h36M52 66v14" />
      <rect className={styles.tint} x="56" y="34" width="42" height="26" rx="3" />
      <path className={`${styles.live} ${styles.thin}`} d="M62 43h18M62 51h28" />
      <text x="52" y="98">
        {label}
      </text>
    </g>
  )
}

function Mobile({ x, label }: { x: number; label: string }) {
  return (
    <g transform={`translate(${x} 28)`}>
      <path className={styles.soft} d="M22 6h36a6 6 0 0 1 6 6v52a6 6 0 0 1-6 6H22a6 6 0 0 1-6-6V12a6 6 0 0 1 6-6z" />
      <path className={styles.line} d="M34 14h12M37 62h6" />
      <text x="40" y="96">
        {label}
      </text>
    </g>
  )
}

function DeskPhone({ x, label }: { x: number; label: string }) {
  return (
    <g transform={`translate(${x} 34)`}>
      <path className={styles.soft} d="M12 18h72l8 46H4z" />
      <path className={styles.tint} d="M6 2h84a6 6 0 0 1 6 6v10H74v-6H22v6H0V8a6 6 0 0 1 6-6z" />
      <path
        className={styles.line}
        d="M36 32h.01M48 32h.01M60 32h.01M36 42h.01M48 42h.01M60 42h.01M36 52h.01M48 52h.01M60 52h.01"
      />
      <text x="48" y="90">
        {label}
      </text>
    </g>
  )
}

function PopScreen({ label }: { label: string }) {
  return (
    <g transform="translate(228 6)">
      <rect className={styles.soft} width="184" height="98" rx="6" />
      <path className={styles.line} d="M62 112h60M92 98v14M14 16h70M14 28h92M14 40h60" />
      <rect className={styles.tint} x="104" y="50" width="72" height="40" rx="4" />
      <path className={`${styles.live} ${styles.thin}`} d="M112 62h26M112 72h50M112 81h20" />
      <text x="92" y="128">
        {label}
      </text>
    </g>
  )
}
