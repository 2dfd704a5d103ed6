import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../../rpc/index.ts'
import { Panel, SettingRow } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import { SwitchSetting } from '../SwitchSetting.tsx'
import type { EntryId } from '../settings-entries.ts'
import { useSetting } from '../use-setting.ts'

/** Look, language, how the program starts, and what this desk may do. */
export function LookSection({ settings }: SectionProps) {
  const { t } = useTranslation('settings')
  const { values } = settings
  const info = useQuery({
    queryKey: ['app', 'info'],
    queryFn: () => rpc.app.info(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const inBrowser = info.data?.host === 'browser'
  return (
    <Panel title={t('look.title')} rows={['theme', 'language', 'startAtLogin', 'startMinimised', 'others']}>
      <Choice
        id="theme"
        path="theme"
        current={values.theme}
        title={t('look.theme')}
        choices={[
          { value: 'system', label: t('look.themeSystem') },
          { value: 'light', label: t('look.themeLight') },
          { value: 'dark', label: t('look.themeDark') },
        ]}
      />
      <Choice
        id="language"
        path="locale"
        current={values.locale}
        title={t('look.language')}
        text={t('look.languageText')}
        choices={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
      <SwitchSetting
        id="startAtLogin"
        path="startAtLogin"
        current={values.startAtLogin}
        disabled={inBrowser}
        title={t('look.startAtLogin')}
        text={inBrowser ? t('look.startAtLoginBrowser') : t('look.startAtLoginText')}
      />
      <SwitchSetting
        id="startMinimised"
        path="startMinimised"
        current={values.startMinimised}
        disabled={inBrowser}
        title={t('look.startMinimised')}
        text={inBrowser ? t('look.startAtLoginBrowser') : t('look.startMinimisedText')}
      />
      <SwitchSetting
        id="others"
        path="board.setOthersPresence"
        current={values.board.setOthersPresence}
        title={t('look.others')}
        text={t('look.othersText')}
      />
    </Panel>
  )
}

function Choice(props: {
  id: EntryId
  path: string
  current: string
  title: string
  text?: string
  choices: { value: string; label: string }[]
}) {
  const setting = useSetting(props.path, props.current)
  return (
    <SettingRow id={props.id} title={props.title} text={props.text} state={setting} locked={setting.locked}>
      <SegmentedControl
        aria-label={props.title}
        data={props.choices}
        value={setting.value}
        disabled={setting.locked}
        onChange={(value) => void setting.set(value)}
      />
    </SettingRow>
  )
}
