/** The sections of the page, in order. */
export const sections = [
  'connections',
  'notices',
  'pop',
  'numbers',
  'look',
  'groups',
  'menus',
  'crm',
  'answers',
  'recordings',
  'retention',
  'about',
] as const
export type Section = (typeof sections)[number]

/** Every row of the page: in which section, and the texts (keys of the `settings` area) that finding looks through. */
export const entries = {
  connections: {
    section: 'connections',
    words: [
      'connections.title',
      'connections.fields.baseUrl.label',
      'connections.fields.line.label',
      'connections.fields.captchaSecret.label',
    ],
  },
  extension: { section: 'connections', words: ['connections.extension', 'connections.extensionHint'] },
  setup: { section: 'connections', words: ['connections.setup', 'connections.setupText'] },
  url: { section: 'notices', words: ['notices.title', 'notices.urlTitle', 'notices.urlText'] },
  listener: { section: 'notices', words: ['notices.state', 'notices.lastEvent'] },
  port: { section: 'notices', words: ['notices.port', 'notices.portText'] },
  path: { section: 'notices', words: ['notices.path', 'notices.pathText'] },
  allow: { section: 'notices', words: ['notices.allow', 'notices.allowText'] },
  unknown: { section: 'notices', words: ['notices.unknown', 'notices.unknownText'] },
  scope: { section: 'pop', words: ['pop.title', 'pop.scope', 'pop.scopeExtension', 'pop.scopeGroups', 'pop.scopeAll'] },
  hide: { section: 'pop', words: ['pop.hide', 'pop.hideText'] },
  notify: { section: 'pop', words: ['pop.notify', 'pop.notifyText', 'pop.testNotify'] },
  fullScreen: { section: 'pop', words: ['pop.fullScreen', 'pop.fullScreenText'] },
  latency: { section: 'pop', words: ['pop.latency', 'pop.latencyText'] },
  prefix: { section: 'numbers', words: ['numbers.title', 'numbers.prefix', 'numbers.prefixText'] },
  area: { section: 'numbers', words: ['numbers.area', 'numbers.areaText'] },
  theme: { section: 'look', words: ['look.theme', 'look.themeDark', 'look.themeLight'] },
  language: { section: 'look', words: ['look.language'] },
  startAtLogin: { section: 'look', words: ['look.startAtLogin', 'look.startAtLoginText'] },
  startMinimised: { section: 'look', words: ['look.startMinimised', 'look.startMinimisedText'] },
  others: { section: 'look', words: ['look.others', 'look.othersText'] },
  groups: {
    section: 'groups',
    words: ['groups.title', 'groups.text', 'groups.name', 'groups.number', 'groups.extensions'],
  },
  voiceMenus: { section: 'menus', words: ['menus.title', 'menus.text', 'menus.name', 'menus.number'] },
  sms: { section: 'answers', words: ['answers.sms', 'answers.smsOn', 'answers.smsOnText'] },
  smsFallback: { section: 'answers', words: ['answers.fallback', 'answers.fallbackText'] },
  smsRules: { section: 'answers', words: ['answers.sms', 'answers.contains', 'answers.reply'] },
  menus: {
    section: 'answers',
    words: ['answers.menus', 'answers.menusText', 'answers.flow', 'answers.param', 'answers.words'],
  },
  recordingRoom: { section: 'recordings', words: ['recordings.title', 'recordings.room', 'recordings.roomText'] },
  recordingDays: { section: 'recordings', words: ['recordings.title', 'recordings.days', 'recordings.daysText'] },
  recordingUsage: { section: 'recordings', words: ['recordings.title', 'recordings.now', 'recordings.clear'] },
  retentionDays: {
    section: 'retention',
    words: ['retention.title', 'retention.text', 'retention.days', 'retention.daysText'],
  },
  crm: { section: 'crm', words: ['crm.title', 'crm.text', 'crm.template'] },
  crmHosts: { section: 'crm', words: ['crm.hosts', 'crm.hostsText'] },
  tags: { section: 'crm', words: ['crm.notes', 'crm.tags', 'crm.tagsText'] },
  freeTags: { section: 'crm', words: ['crm.freeTags', 'crm.freeTagsText'] },
  importBytes: { section: 'connections', words: ['imports.title', 'imports.bytes', 'imports.bytesText'] },
  version: { section: 'about', words: ['about.title', 'about.version', 'about.hostElectron', 'about.hostBrowser'] },
  dataDir: { section: 'about', words: ['about.dataDir', 'about.dataDirText'] },
  demo: { section: 'about', words: ['about.demo', 'about.demoOff'] },
  training: { section: 'about', words: ['about.training', 'about.trainingText'] },
} as const satisfies Record<string, { section: Section; words: readonly string[] }>

export type EntryId = keyof typeof entries
export type EntryWord = (typeof entries)[EntryId]['words'][number]

/** Rows whose texts hold every typed word. Null = nothing typed, so everything shows. */
export function matchingEntries(text: string, say: (word: EntryWord) => string): ReadonlySet<EntryId> | null {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return null
  const found = (Object.keys(entries) as EntryId[]).filter((id) => {
    const hay = entries[id].words.map(say).join(' ').toLowerCase()
    return words.every((word) => hay.includes(word))
  })
  return new Set(found)
}

/** The sections that a search result touches, in order. */
export function sectionsOf(found: ReadonlySet<EntryId>): Section[] {
  return sections.filter((section) => [...found].some((id) => entries[id].section === section))
}

export function isSection(text: string | null): text is Section {
  return sections.some((section) => section === text)
}
