import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorSentence } from '../i18n/index.ts'
import { Button, Details, EmptyState } from '../ui/index.ts'
import styles from './Frame.module.css'
import { go } from './route.ts'

/** A page that throws takes down only itself, and there is a way back. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return <Failed error={this.state.error} onBack={() => this.setState({ error: null })} />
  }
}

function Failed({ error, onBack }: { error: unknown; onBack: () => void }) {
  const { t } = useTranslation('app')
  const explained = useErrorSentence()(error)
  const back = () => {
    go('desk')
    onBack()
  }
  return (
    <div className={styles.boundary} role="alert" data-testid="page-failed">
      <EmptyState
        icon="warn"
        title={t('boundary.title')}
        text={t('boundary.text')}
        action={
          <>
            <Details explained={explained} />
            <div className={styles.boundaryActions}>
              <Button variant="primary" onClick={back}>
                {t('boundary.back')}
              </Button>
              <Button icon="refresh" onClick={() => location.reload()}>
                {t('boundary.reload')}
              </Button>
            </div>
          </>
        }
      />
    </div>
  )
}
