import { Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SettingsSnapshot } from '../../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../../rpc/index.ts'
import { Button } from '../../../ui/index.ts'
import { FieldError, LockMark, Panel, SaveWord, SettingRow, useIsShown } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import { SwitchSetting } from '../SwitchSetting.tsx'
import styles from '../settings.module.css'
import { useSetting } from '../use-setting.ts'

const hideChoices = [3, 5, 8, 15, 30, 60, 0]

/** Whose calls pop, how long they stay, and what else happens. */
export function PopSection({ settings }: SectionProps) {
  const { t } = useTranslation('settings')
  const { pop } = settings.values
  return (
    <Panel title={t('pop.title')} rows={['scope', 'hide', 'notify', 'fullScreen', 'latency']}>
      <Scope settings={settings} />
      <HideAfter current={pop.hideAfterSec} />
      <SwitchSetting
        id="notify"
        path="pop.notify"
        current={pop.notify}
        title={t('pop.notify')}
        text={t('pop.notifyText')}
        extra={<TestNotification />}
      />
      <SwitchSetting
        id="fullScreen"
        path="pop.overFullScreen"
        current={pop.overFullScreen}
        title={t('pop.fullScreen')}
        text={t('pop.fullScreenText')}
      />
      <SwitchSetting
        id="latency"
        path="pop.showLatency"
        current={pop.showLatency}
        title={t('pop.latency')}
        text={t('pop.latencyText')}
      />
    </Panel>
  )
}

type ScopeValue = 'extension' | 'groups' | 'all'

function Scope({ settings }: { settings: SettingsSnapshot }) {
  const { t } = useTranslation('settings')
  const extension = useSnapshot('me')?.extension ?? null
  const setting = useSetting<ScopeValue>('pop.scope', settings.values.pop.scope)
  const shown = useIsShown('scope')
  if (!shown) return null
  const mine = settings.values.groups
    .filter((group) => extension !== null && group.extensions.includes(extension))
    .map((group) => group.name)
  const choices: { value: ScopeValue; title: string; text: string }[] = [
    {
      value: 'extension',
      title: t('pop.scopeExtension'),
      text: extension ? t('pop.scopeExtensionText', { extension }) : t('pop.scopeExtensionNone'),
    },
    {
      value: 'groups',
      title: t('pop.scopeGroups'),
      text:
        mine.length > 0
          ? t('pop.scopeGroupsText', { groups: mine.join(t('connections.comma')) })
          : t('pop.scopeGroupsNone'),
    },
    { value: 'all', title: t('pop.scopeAll'), text: t('pop.scopeAllText') },
  ]
  return (
    <fieldset className={styles.radios} data-testid="setting-scope">
      <legend className="vh">{t('pop.scope')}</legend>
      <div className={styles.radiosHead}>
        <span className="grow">{t('pop.scope')}</span>
        <SaveWord state={setting} />
        {setting.locked && <LockMark />}
      </div>
      <FieldError state={setting} />
      {choices.map((choice) => (
        <label key={choice.value} className={styles.radio}>
          <input
            type="radio"
            name="pop-scope"
            value={choice.value}
            checked={setting.value === choice.value}
            disabled={setting.locked}
            onChange={() => void setting.set(choice.value)}
          />
          <span>
            {choice.title}
            <span className="meta muted" style={{ display: 'block' }}>
              {choice.text}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function HideAfter({ current }: { current: number }) {
  const { t } = useTranslation('settings')
  const setting = useSetting('pop.hideAfterSec', current)
  const seconds = hideChoices.includes(setting.value) ? hideChoices : [setting.value, ...hideChoices]
  return (
    <SettingRow id="hide" title={t('pop.hide')} text={t('pop.hideText')} state={setting} locked={setting.locked}>
      <Select
        className={styles.text}
        aria-label={t('pop.hide')}
        disabled={setting.locked}
        data={seconds.map((count) => ({
          value: String(count),
          label: count === 0 ? t('pop.hideNever') : t('pop.hideSeconds', { count }),
        }))}
        value={String(setting.value)}
        onChange={(value) => void setting.set(Number(value))}
      />
    </SettingRow>
  )
}

function TestNotification() {
  const { t } = useTranslation('settings')
  const test = useMutation({ mutationFn: () => rpc.settings.testNotification() })
  return (
    <Button
      small
      icon={test.isSuccess ? 'check' : 'bell'}
      busy={test.isPending}
      onClick={() => test.mutate()}
      onBlur={() => test.reset()}
    >
      {test.isSuccess ? t('pop.testNotifySent') : t('pop.testNotify')}
    </Button>
  )
}
