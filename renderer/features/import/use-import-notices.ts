import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'

/** An import that ends while its page is not in view says so. */
export function useImportNotices(isInView: boolean): void {
  const { t, i18n } = useTranslation('imports')
  const imports = useSnapshot('imports', (snapshot) => snapshot?.imports)
  const running = useRef(new Set<string>())
  useEffect(() => {
    for (const one of imports ?? []) {
      if (one.state === 'running' || one.state === 'waiting') running.current.add(one.id)
      else if (running.current.delete(one.id) && !isInView && one.state === 'done') {
        const count = new Intl.NumberFormat(i18n.language).format(one.total)
        showToast({ tone: 'done', text: t('notice.done', { name: one.fileName, count }) })
      }
    }
  }, [imports, isInView, t, i18n.language])
}
