import { useTranslation } from 'react-i18next'
import type { OperationResult } from '../../../preload/contract/index.ts'
import { Button, Icon } from '../../ui/index.ts'
import styles from './answer.module.css'
import { isRecord } from './answer-shape.ts'
import { downloadName } from './file-name.ts'
import { sizeText } from './sizes.ts'

/** A file that came: its name and size, and "save as". */
export function SavedFile(props: {
  operation: string
  at: number
  result: OperationResult
  file: Uint8Array<ArrayBuffer>
}) {
  const { t } = useTranslation('operations')
  const { result, file } = props
  const said = isRecord(result.data) ? result.data.contentType : null
  const type = typeof said === 'string' ? said : null
  const name = downloadName(props.operation, props.at, type, file)
  const save = () => {
    const url = URL.createObjectURL(new Blob([file], { type: type ?? 'application/octet-stream' }))
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    // The browser has taken the file by the next turn; the memory is given back after that.
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
  return (
    <div className={styles.file}>
      <Icon name="file" />
      <span className="cut grow">
        <span translate="no">{name}</span> <span className="meta muted num">{sizeText(file.length)}</span>
      </span>
      <Button icon="download" onClick={save} data-testid="file-save">
        {t('saveAs')}
      </Button>
    </div>
  )
}
