import { useTranslation } from 'react-i18next'
import type { OperationField, OperationInfo, RequestPreview } from '../../../preload/contract/index.ts'
import { go } from '../../app/route.ts'
import { useErrorSentence, useReasonText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, EmptyState } from '../../ui/index.ts'
import styles from './answer.module.css'
import { namedField, shortName } from './field-values.ts'
import { urlParts } from './request-parts.ts'
import type { System } from './SystemTabs.tsx'
import { useCopy } from './use-copy.ts'
import { type Preview, useOperationWords } from './use-operations.ts'

/** "The exact request that will go out", secrets masked; what is still missing while it is not whole. */
export function RequestPane(props: {
  info: OperationInfo
  system: System
  connection: string | null
  missing: readonly OperationField[]
  preview: Preview
}) {
  const { t } = useTranslation(['operations', 'common'])
  const copy = useCopy()
  const { connection, preview } = props
  if (connection === null) {
    return (
      <EmptyState
        icon="unplug"
        title={t('operations:notConfigured', { system: t(`common:system.${props.system}`) })}
        text={t('operations:notConfiguredText')}
        action={
          <Button variant="primary" onClick={() => go('settings', 'connections')} data-testid="operation-configure">
            {t('operations:configure')}
          </Button>
        }
      />
    )
  }
  const whole = preview.error ? undefined : preview.request
  return (
    <section aria-label={t('operations:request')}>
      <header className={styles.head}>
        <h3>{t('operations:request')}</h3>
        <span className="grow" />
        {whole && (
          <>
            <Button small variant="quiet" icon="copy" onClick={() => copy(whole.url)}>
              {t('operations:copyUrl')}
            </Button>
            <Button small variant="quiet" icon="copy" onClick={() => copy(whole.curl)} data-testid="copy-curl">
              {t('operations:copyCurl')}
            </Button>
          </>
        )}
      </header>
      <div className={styles.request} data-testid="request-preview" data-whole={whole ? 'true' : 'false'}>
        {whole ? <WholeRequest request={whole} /> : <OpenRequest {...props} />}
      </div>
    </section>
  )
}

function WholeRequest({ request }: { request: RequestPreview }) {
  const { t } = useTranslation('operations')
  const headers = Object.entries(request.headers)
  return (
    <>
      <RequestText request={request} />
      <details className={styles.headers}>
        <summary>{t('headers', { count: headers.length })}</summary>
        <dl className="mono" translate="no">
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}

/** Address and body. */
export function RequestText({ request }: { request: RequestPreview }) {
  return (
    <>
      <RequestUrl method={request.method} url={request.url} />
      {request.body !== null && request.body !== '' && (
        <pre className={`${styles.body} mono`} translate="no" data-testid="request-body">
          {request.body}
        </pre>
      )}
    </>
  )
}

/** Method and address, a parameter to each line, values coloured. */
export function RequestUrl({ method, url }: { method: string; url: string }) {
  const { base, params } = urlParts(url)
  return (
    <code className={`${styles.url} mono`} translate="no" data-testid="request-url">
      <span>
        <b>{method}</b> {base}
      </span>
      {params.map(({ mark, name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list repeats its name
        <span key={index} className={styles.param}>
          <span className="muted">{mark}</span>
          {name}
          <span className={styles.value}>{value}</span>
        </span>
      ))}
    </code>
  )
}

/** Not whole yet: where it will go, and what is missing or wrong. */
function OpenRequest(props: {
  info: OperationInfo
  connection: string | null
  missing: readonly OperationField[]
  preview: Preview
}) {
  const { t } = useTranslation(['operations', 'common'])
  const words = useOperationWords()
  const explain = useErrorSentence()
  const reasonText = useReasonText()
  const { info, missing, preview } = props
  const baseUrl = useSnapshot(
    'settings',
    (settings) => settings?.values.connections.find(({ id }) => id === props.connection)?.baseUrl,
  )
  const error = preview.error as { data?: { field?: string; reason?: string } } | null
  const field = namedField(info.fields, error?.data?.field)
  const url = `${(baseUrl ?? '').replace(/\/+$/, '')}${info.path.startsWith('{') ? '/…' : info.path}`
  return (
    <>
      <RequestUrl method={info.method} url={url} />
      <p className={styles.open}>
        {missing.length > 0
          ? t('operations:stillMissing', {
              count: missing.length,
              fields: missing.map((one) => shortName(one.name)).join(t('common:listSeparator')),
            })
          : field
            ? t('operations:notRight', { field: words.text(field), why: reasonText(error?.data?.reason ?? '') })
            : preview.error
              ? explain(preview.error, 'operation').sentence
              : t('operations:preparing')}
      </p>
    </>
  )
}
