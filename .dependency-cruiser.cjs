/** Who may import whom (ARCHITECTURE.md, the import table). test/architecture runs it and plants violations to see it bite. */

/** A room may reach these paths and nothing else inside the project. */
const room = (name, from, to) => ({
  name,
  severity: 'error',
  comment: `${name}: may only import ${to.join(', ')}`,
  from: { path: from },
  to: { path: '^(main|renderer|preload|test|resources)/', pathNot: to },
})

const coreAndContract = ['^main/core/', '^preload/contract/']

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    room('core', '^main/core/', coreAndContract),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core has no node: modules and only pure libraries',
      from: { path: '^main/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-packages',
      severity: 'error',
      from: { path: '^main/core/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev'],
        pathNot: '^node_modules/(zod|@orpc/contract|pinyin-pro|libphonenumber-js)/',
      },
    },
    room('contract', '^preload/contract/', ['^preload/contract/']),
    room('preload', '^preload/index', ['^preload/contract/']),
    room('store', '^main/store/', ['^main/store/', ...coreAndContract]),
    room('intake', '^main/intake/', ['^main/intake/', ...coreAndContract]),
    room('polling', '^main/polling/', ['^main/polling/', ...coreAndContract]),
    room('rpc', '^main/rpc/', ['^main/rpc/', ...coreAndContract]),
    room('web-host', '^main/web-host/', ['^main/web-host/', '^main/rpc/', ...coreAndContract]),
    room('notify', '^main/notify/', ['^main/notify/', ...coreAndContract]),
    room('demo', '^main/demo/', ['^main/demo/', ...coreAndContract]),
    room('recordings', '^main/recordings/', ['^main/recordings/', ...coreAndContract]),
    room('imports', '^main/imports/', ['^main/imports/', ...coreAndContract]),
    room('settings-files', '^main/settings-files/', ['^main/settings-files/', ...coreAndContract]),
    room('runtime', '^main/runtime/', ['^main/runtime/', ...coreAndContract]),
    room('systems-kit', '^main/systems/kit/', [
      '^main/systems/kit/',
      '^main/core/(ports/|errors)',
      '^preload/contract/',
    ]),
    ...['telcrm', 'cti-realtime', 'dialback', 'voice-openapi', 'cloud-cs'].map((system) =>
      room(`systems-${system}`, `^main/systems/${system}/`, [
        `^main/systems/${system}/`,
        '^main/systems/(kit/|deps\\.ts)',
        '^main/core/(ports/|errors|numbers/)',
        '^preload/contract/',
      ]),
    ),
    room('shell', '^main/shell/', [
      '^main/shell/',
      '^main/rpc/',
      '^main/settings-files/',
      ...coreAndContract,
      '^main/compose\\.ts$',
      '^resources/locales/',
    ]),
    {
      name: 'compose-knows-no-shell',
      severity: 'error',
      from: { path: '^main/(compose|serve|cli|commands)' },
      to: { path: '^main/shell/' },
    },
    {
      name: 'electron-in-shell-only',
      severity: 'error',
      from: {
        path: '^(main|preload|renderer)/',
        pathNot: ['^main/shell/', '^main/index\\.ts$', '^preload/index\\.ts$'],
      },
      to: { path: '^node_modules/(electron|electron-store)/' },
    },
    {
      name: 'http-in-kit-only',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/systems/kit/' },
      to: { path: '^node_modules/undici/' },
    },
    {
      name: 'sqlite-in-store-only',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/store/' },
      to: { path: '^node_modules/better-sqlite3/' },
    },
    room('renderer', '^renderer/', ['^renderer/', '^preload/contract/', '^resources/locales/']),
    { name: 'renderer-is-a-page', severity: 'error', from: { path: '^renderer/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'features-by-their-index',
      severity: 'error',
      comment: 'a feature sees another feature only through its index.ts',
      from: { path: '^renderer/features/([^/]+)/' },
      to: {
        path: '^renderer/features/([^/]+)/',
        pathNot: ['^renderer/features/$1/', '^renderer/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'app-by-index',
      severity: 'error',
      from: { path: '^renderer/(app|ui|rpc|i18n)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/[^/]+/(index|page)\\.ts$' },
    },
    {
      name: 'pages-are-read-later',
      severity: 'error',
      comment: 'a page is a file of its own, read when it is opened: app/pages.ts, by import() only',
      from: { path: '^renderer/' },
      to: { path: '^renderer/features/[^/]+/page\\.ts$', dynamic: false },
    },
    {
      name: 'desk-without-schemas',
      severity: 'error',
      comment:
        'what is drawn first takes only types from files with schemas: zod would be a tenth of all it has to read',
      from: {
        path: '^renderer/(app|ui|rpc|i18n|features/(board|calls-live|desk|dial|notes|pop|presence|search|status-line))/',
      },
      to: {
        path: '^(preload/contract/|node_modules/zod/)',
        pathNot: '^preload/contract/(bytes|crm-link|error-codes|note-limits|tile-state|whole-text)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-knows-no-feature',
      severity: 'error',
      from: { path: '^renderer/(ui|rpc|i18n)/' },
      to: { path: '^renderer/(features|app)/' },
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
      conditionNames: ['import', 'types', 'node', 'default', 'require'],
    },
  },
}
