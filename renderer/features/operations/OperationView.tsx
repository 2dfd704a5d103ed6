import { useState } from 'react'
import type { OperationInfo } from '../../../preload/contract/index.ts'
import { useKeys } from '../../ui/index.ts'
import { AnswerPane } from './AnswerPane.tsx'
import { ConfirmSend } from './ConfirmSend.tsx'
import { type FormValues, fieldFault, fieldId, missingFields, namedField } from './field-values.ts'
import { OperationForm } from './OperationForm.tsx'
import { useOperationStore } from './operation-store.ts'
import styles from './operations.module.css'
import { RequestPane } from './RequestPane.tsx'
import type { System } from './SystemTabs.tsx'
import { usePreview, useSend } from './use-operations.ts'

const nothingTyped: FormValues = {}

/** One operation: its form, the request as it will go out, and what came back. */
export function OperationView(props: { info: OperationInfo; system: System; connection: string | null }) {
  const { info, connection } = props
  const store = useOperationStore()
  const values = store.values[info.id] ?? nothingTyped
  const run = store.runs[info.id]
  const preview = usePreview(info, connection, values)
  const send = useSend()
  /** Tried to send although something was missing: the empty fields are marked. */
  const [insisted, setInsisted] = useState(false)
  const [asking, setAsking] = useState(false)

  const missing = missingFields(info.fields, values)
  const refused = refusedField(info, preview.error)
  const wrong = info.fields.find((field) => fieldFault(field, values[field.key]) !== null)
  const go = () => {
    setAsking(false)
    if (connection !== null) void send(info, connection, values)
  }
  const trySend = () => {
    if (connection === null || run?.phase === 'running' || asking) return
    const first = missing[0] ?? wrong ?? refused?.field
    setInsisted(first !== undefined)
    if (first) document.getElementById(fieldId(first.key))?.focus()
    else if (info.changes) setAsking(true)
    else go()
  }
  useKeys({ 'mod+Enter': trySend })

  return (
    <>
      <OperationForm
        info={info}
        values={values}
        marked={insisted ? missing : []}
        refused={refused}
        ready={connection !== null}
        run={run}
        onSend={trySend}
      />
      <section className={styles.result} data-testid="operation-result">
        <RequestPane info={info} system={props.system} connection={connection} missing={missing} preview={preview} />
        {connection !== null && <AnswerPane info={info} run={run} />}
      </section>
      {asking && <ConfirmSend info={info} request={preview.request} onSend={go} onClose={() => setAsking(false)} />}
    </>
  )
}

/** What the core says about a value, at the field that it names. */
function refusedField(info: OperationInfo, error: unknown) {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null
  const details = (data ?? {}) as { field?: string; reason?: string }
  const field = namedField(info.fields, details.field)
  return field ? { field, reason: details.reason ?? '' } : null
}
