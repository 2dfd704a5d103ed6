import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptFile } from '../../../preload/contract/index.ts'
import { edited, telephoneFile } from '../../../preload/sound/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Details, Drawer, DrawerHeading, Field, Icon } from '../../ui/index.ts'
import editor from './editor.module.css'
import { MicrophonePart } from './MicrophonePart.tsx'
import { SoundEditor } from './SoundEditor.tsx'
import { useSound } from './use-sound.ts'
import styles from './voice-files.module.css'

/** A new voice file, or an existing one: its sound, its words, and the button that sends them. */
export function VoiceEditor(props: {
  connection: string
  /** Null = a new one. */
  prompt: PromptFile | null
  /** Where the sound comes from at first: a file, the microphone, the copy of this PC. */
  start: File | 'microphone' | 'copy' | null
  accept: string
  onRemove(): void
  onClose(): void
}) {
  const { t } = useTranslation(['voice', 'common'])
  const explain = useErrorSentence()
  const { connection, prompt } = props
  const chooser = useRef<HTMLInputElement>(null)
  const sound = useSound()
  const { load, loadCopy } = sound
  const [isRecording, setIsRecording] = useState(props.start === 'microphone')
  const [title, setTitle] = useState(prompt?.title ?? (props.start instanceof File ? nameOf(props.start.name) : ''))
  const [description, setDescription] = useState(prompt?.description ?? '')
  const [isAsking, setIsAsking] = useState(false)
  const wordsId = useId()
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    if (props.start instanceof File) load(props.start, props.start.name)
    else if (props.start === 'copy' && prompt?.copy) loadCopy({ connection, prompt: prompt.id })
  }, [props.start, prompt, connection, load, loadCopy])

  const hasNewSound = sound.decoded !== null && (sound.isNew || sound.isEdited)
  const hasNewWords = prompt === null || title.trim() !== prompt.title || description.trim() !== prompt.description
  const isComplete = title.trim() !== '' && description.trim() !== '' && (prompt !== null || sound.decoded !== null)
  const canSave = isComplete && !isRecording && !sound.isLoading && (hasNewSound || (prompt !== null && hasNewWords))
  /** The sound that is there now would be gone for good. */
  const isLost = prompt !== null && hasNewSound && (prompt.copy === null || prompt.copy.isOutdated)

  const save = useMutation({
    async mutationFn() {
      const words = { connection, title: title.trim(), description: description.trim() }
      const file = hasNewSound && sound.decoded ? telephoneFile(edited(sound.decoded.samples, sound.edit)) : null
      if (prompt === null) {
        if (file) await rpc.prompts.add({ ...words, sound: file })
      } else if (file) await rpc.prompts.replace({ ...words, prompt: prompt.id, sound: file })
      else await rpc.prompts.rename({ ...words, prompt: prompt.id })
    },
    onSuccess: props.onClose,
    meta: { inline: true },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canSave || save.isPending) return
    if (isLost && !isAsking) setIsAsking(true)
    else save.mutate()
  }
  const takeFile = (file: Blob, name: string) => {
    setIsRecording(false)
    setIsAsking(false)
    load(file, name)
    if (title === '') setTitle(nameOf(name))
  }
  const failed = save.error ? explain(save.error, 'voice') : null
  const heading =
    prompt === null
      ? t('voice:editor.new')
      : t(hasNewSound ? 'voice:editor.replace' : 'voice:editor.edit', { id: prompt.id })

  return (
    <Drawer
      label={heading}
      testId="voice-editor"
      title={<span className="num">{heading}</span>}
      beside={<span className="meta muted cut">{sound.isNew ? (sound.decoded?.name ?? '') : ''}</span>}
      onClose={props.onClose}
    >
      <form
        className={editor.editor}
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          props.onClose()
        }}
      >
        <div className={editor.parts}>
          {isRecording ? (
            <MicrophonePart
              onRecorded={(recording) => takeFile(recording, t('voice:mic.name'))}
              onCancel={() => (prompt === null && !sound.decoded ? props.onClose() : setIsRecording(false))}
            />
          ) : (
            <>
              <SoundEditor sound={sound} isKeptHere={prompt === null || prompt.copy !== null} />
              <div className={editor.sources}>
                <Button small icon="upload" onClick={() => chooser.current?.click()} data-testid="voice-editor-file">
                  {t(sound.decoded || prompt ? 'voice:editor.otherFile' : 'voice:editor.chooseFile')}
                </Button>
                <Button small icon="microphone" onClick={() => setIsRecording(true)} data-testid="voice-editor-record">
                  {t('voice:record')}
                </Button>
                <input
                  ref={chooser}
                  type="file"
                  hidden
                  accept={props.accept}
                  onChange={(event) => {
                    const [file] = event.target.files ?? []
                    if (file) takeFile(file, file.name)
                    event.target.value = ''
                  }}
                  data-testid="voice-editor-input"
                />
                <span className="grow" />
                {prompt !== null && (
                  <Button small variant="quiet" onClick={props.onRemove} data-testid="voice-remove">
                    {t('voice:remove.open')}
                  </Button>
                )}
              </div>
            </>
          )}
          <section className={editor.section}>
            <DrawerHeading>{t('voice:editor.title')}</DrawerHeading>
            <Field
              label={t('voice:editor.title')}
              value={title}
              maxLength={60}
              onChange={(event) => setTitle(event.target.value)}
              data-testid="voice-title"
            />
            <label htmlFor={wordsId} className={`${editor.label} meta muted`}>
              {t('voice:editor.words')}
            </label>
            <textarea
              id={wordsId}
              className={editor.words}
              value={description}
              maxLength={200}
              rows={3}
              onChange={(event) => setDescription(event.target.value)}
              data-testid="voice-words"
            />
          </section>
          {(isLost || failed) && (
            <div className={styles.failure} role="alert">
              {isLost && (
                <p className={editor.lost}>
                  <Icon name="warn" size="s" />
                  {t('voice:editor.lost', { id: prompt?.id ?? '' })}
                </p>
              )}
              {failed && (
                <>
                  {failed.sentence}
                  <Details explained={failed} />
                </>
              )}
            </div>
          )}
        </div>
        <footer className={editor.foot}>
          {!isComplete && !isRecording && !sound.isLoading && (
            <span className="meta muted grow">
              {t(prompt === null && !sound.decoded ? 'voice:editor.needsSound' : 'voice:editor.needsWords')}
            </span>
          )}
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            variant={isAsking ? 'danger' : 'primary'}
            disabled={!canSave}
            busy={save.isPending}
            data-testid="voice-save"
          >
            {prompt === null
              ? t('voice:editor.doAdd')
              : isAsking
                ? t('voice:editor.doReplaceNamed', { title: prompt.title })
                : t(hasNewSound ? 'voice:editor.doReplace' : 'voice:editor.doSave', { id: prompt.id })}
          </Button>
        </footer>
      </form>
    </Drawer>
  )
}

/** `排队等待-新.m4a` → `排队等待-新`. */
const nameOf = (file: string) => file.replace(/\.[^.]{1,5}$/, '').slice(0, 60)
