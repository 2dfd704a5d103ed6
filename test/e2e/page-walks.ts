import { fileURLToPath } from 'node:url'
import { expect } from './app-fixture.ts'
import { begin, open, step, type Walk } from './walk.ts'

/** An MP3 of two seconds. */
const speechFile = fileURLToPath(new URL('../fixtures/sound/speech.mp3', import.meta.url))
const sections = [
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
]

/** Every other page: one after the other in one program. What ends with a PBX that is away comes last. */
export const pageWalks: Record<string, (walk: Walk) => Promise<void>> = {
  async team(walk) {
    const { page } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/supervisor')
    await page.getByTestId('agent-row').first().waitFor()
    await look('team')
    await page.locator('[data-testid="agent-row"][data-extension="805"]').click()
    await page.getByTestId('presence-span').first().waitFor()
    await look('team: presence of an agent', pressEscape)
  },
  async 'voice files'(walk) {
    const { page, typed } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/voice')
    await page.getByTestId('voice-file-row').first().waitFor()
    await look('voice files')
    await page.getByTestId('voice-file-input').setInputFiles(speechFile)
    await page.getByTestId('voice-play').waitFor()
    await look('voice files: a new one')
    await page.getByTestId('voice-title').fill(typed('停电', 'Power cut'))
    await page.getByTestId('voice-words').fill(typed('周六', 'On Saturday'))
    await page.getByTestId('voice-title').press('Enter')
    await page.locator('[data-testid=voice-file-row][data-copy=here]').waitFor()
    await page.locator('[data-testid=voice-file-row] [data-title]').first().press('Enter')
    await look('voice files: without a copy')
    await page.getByTestId('voice-remove').press('Enter')
    await page.getByTestId('voice-remove-dialog').waitFor()
    await look('voice files: asked before one is deleted', pressEscape)
    await page.getByTestId('voice-editor-record').press('Enter')
    await page.getByTestId('voice-mic-fault').waitFor()
    await look('voice files: no microphone')
  },
  async console(walk) {
    const { page } = walk
    const { look } = step(walk)
    await begin(walk)
    await open(page, '#/console')
    await page.getByTestId('operation-row').first().waitFor()
    await look('console')
    await open(page, '#/console/telcrm.tone-file-save')
    await page.getByTestId('field-file').waitFor()
    await look('console: a file')
    await open(page, '#/console/telcrm.screen-pop')
    await page.getByTestId('operation-inbound').waitFor()
    await look('console: what arrives')
    await open(page, '#/console/telcrm.extnum-state')
    await page.getByTestId('operation-send').click()
    await page.getByTestId('record-fields').waitFor()
    await look('console: an answer')
    await open(page, '#/console/telcrm.click-to-hungup')
    await page.getByTestId('field-caller').getByRole('textbox').fill('806')
    await page.getByTestId('field-callee').getByRole('textbox').fill('806')
    await page.getByTestId('operation-send').click()
    await page.getByTestId('operation-confirm-send').waitFor()
    await look('console: asked before it is sent')
    await page.getByTestId('operation-confirm-send').click()
    await page.getByTestId('operation-failure').waitFor()
    await look('console: a refusal')
    await page.locator('input[value="history"] + label').click()
    await page.getByTestId('history-row').first().waitFor()
    await look('console: what was tried')
    await page.getByTestId('system-cloud-cs').click()
    await page.getByTestId('operation-configure').waitFor()
    await look('console: no connection')
  },
  async directory(walk) {
    const { page, typed } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/directory')
    await expect(page.getByTestId('directory-row').first()).toBeVisible()
    await look('directory')
    await page.getByTestId('directory-new').click()
    await page.getByTestId('person-name').fill(typed('李建国', 'Ann Lee'))
    await page.getByTestId('person-number').fill('13900006608')
    await look('directory with the form')
    await page.getByTestId('person-save').click()
    await expect(page.getByTestId('person-edit')).toBeVisible()
    await page.getByTestId('opportunity-new').click()
    await look('directory with a card and an opportunity')
    await page.getByTestId('directory-duplicates').click()
    await look('directory, no duplicates', pressEscape)
  },
  async 'import of a file'(walk) {
    const { fake, page, typed } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/directory')
    await page.getByTestId('directory-import').click()
    await page.getByTestId('import-choose').waitFor()
    await look('import: file')
    await page
      .getByTestId('import-file')
      .setInputFiles({ name: 'old.xls', mimeType: 'text/csv', buffer: Buffer.from('x') })
    await page.getByTestId('import-problem').waitFor()
    await look('import: a file that cannot be read')
    await page.getByTestId('import-file').setInputFiles({
      ...{ name: 'customers.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(
        typed(
          '姓名,手机,公司\n王芳,13800000417,华强\n林国栋,1380013800,\n,13800000009,天河\n李,13900000001,\n',
          'Name,Mobile,Company\nAnn,13800000417,Acme\nBob,1380013800,\n,13800000009,Acme\nLee,13900000001,\n',
        ),
      ),
    })
    await page.getByTestId('import-preview').waitFor()
    await look('import: columns')
    await page.getByTestId('import-check').click()
    await page.getByTestId('import-group-bad-number').waitFor()
    await look('import: check')
    fake.fault('reset')
    await page.getByTestId('import-start').click()
    await page.getByTestId('import-progress').waitFor()
    await look('import: on its way')
    fake.fault(null)
    await page.getByTestId('import-result').waitFor({ timeout: 30_000 })
    await look('import: result')
    await page.getByTestId('import-undo').click()
    await page.getByTestId('import-undo-confirm').waitFor()
    await look('import: asked before it is undone', pressEscape)
    await page.getByTestId('import-next').click()
    await page.getByTestId('import-recent').waitFor()
    await look('import: those before')
  },
  async settings(walk) {
    const { page } = walk
    const { look } = step(walk)
    await begin(walk)
    for (const section of sections) {
      await open(page, `#/settings/${section}`)
      await expect(page.getByTestId(`settings-section-${section}`)).toHaveAttribute('aria-current', 'true')
      await look(`settings: ${section}`)
    }
    await open(page, '#/settings/crm')
    await page.getByTestId('crm-add').click()
    await page.getByTestId('crm-template').fill('https://{caller}/')
    await page.getByTestId('crm-test').click()
    await page.getByTestId('crm-problem').waitFor()
    await look('settings: a rule of the CRM')
    await open(page, '#/settings/connections')
    await page.getByTestId('check-pbx').click()
    await page.getByTestId('check-ok').waitFor()
    await page.getByTestId('connection-add').click()
    await page.getByTestId('connection-add-cloud-cs').waitFor()
    await look('systems to add')
    await page.getByTestId('connection-add-cloud-cs').click()
    await page.getByTestId('connection-field-clientSecret').waitFor()
    await look('a new connection')
  },
  async 'the PBX is away'(walk) {
    const { fake, page } = walk
    const { look } = step(walk)
    await begin(walk)
    fake.fault('html-login')
    await open(page, '#/desk')
    await page.getByTestId('pbx-down').waitFor()
    await expect(page.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'stale', { timeout: 15_000 })
    await look('the PBX is away')
    fake.fault(null)
  },
}
