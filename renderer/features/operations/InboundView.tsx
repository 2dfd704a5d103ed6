import { useTranslation } from 'react-i18next'
import type { OperationInfo } from '../../../preload/contract/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, Tag } from '../../ui/index.ts'
import answer from './answer.module.css'
import styles from './form.module.css'
import { ReceivedList } from './ReceivedList.tsx'
import { RequestUrl } from './RequestPane.tsx'
import { useCopy } from './use-copy.ts'
import { useOperationWords } from './use-operations.ts'

/** Something that the other side sends to us: where, and which fields it has. Nothing to send here. */
export function InboundView({ info }: { info: OperationInfo }) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  const listener = useSnapshot('status', (status) => status?.listener)
  const urls = (listener?.urls ?? []).map((url) => new URL(url).origin + info.path)
  const copy = useCopy()
  return (
    <section className={styles.inbound} aria-label={words.title(info)} data-testid="operation-inbound">
      <header className={styles.head}>
        <h2 className={styles.title}>{words.title(info)}</h2>
        <Tag>
          <span translate="no">{info.doc}</span>
        </Tag>
      </header>
      <p className={styles.nature}>{t('inboundText')}</p>
      <h3 className={styles.subhead}>{t('inboundUrl')}</h3>
      {urls.length === 0 && <p className="meta muted">{t('inboundNoUrl')}</p>}
      {urls.map((url) => (
        <div key={url} className={`${answer.request} ${styles.inboundUrl}`}>
          <RequestUrl method={info.method} url={url} />
          <Button small variant="quiet" icon="copy" onClick={() => copy(url)}>
            {t('copyUrl')}
          </Button>
        </div>
      ))}
      <h3 className={styles.subhead}>{t('inboundFields')}</h3>
      <dl className={answer.fields}>
        {info.fields.map((field) => (
          <div key={field.key}>
            <dt className="mono" translate="no">
              {field.name}
            </dt>
            <dd>
              {words.text(field) === field.name ? '' : words.text(field)}{' '}
              {!field.required && <span className="meta muted">{t('optional')}</span>}
              {field.choices.length > 0 && (
                <ul className={`${styles.meanings} meta muted`}>
                  {field.choices.map((one) => (
                    <li key={one.value}>
                      <code className="mono" translate="no">
                        {one.value}
                      </code>{' '}
                      {words.meaning(one)}
                    </li>
                  ))}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <ReceivedList info={info} />
    </section>
  )
}
