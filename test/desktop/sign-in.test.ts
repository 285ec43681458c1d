import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import kafkajs from 'kafkajs'
import { PASSPHRASE, PASSWORD, type SecuredKafka, startSecuredKafka } from '../integration/secured-kafka.ts'
import { expectNoFindings } from '../screen/axe.ts'
import { finishedRows, runButton, stopButton } from '../screen/running.ts'
import { openEmpty, runBar, step } from '../screen/screen.ts'
import { electronPath, expect, quit, test } from './desktop-app.ts'
import { startKeyring } from './keyring.ts'

test.setTimeout(180_000)

let kafka: SecuredKafka
test.beforeAll(async () => {
  kafka = await startSecuredKafka()
})
test.afterAll(() => kafka?.close())

test('a sign-in from the dialog: tested step by step, kept in the keychain, used by runs, and its password is in no file', async ({
  launch,
  folder,
}) => {
  const keyring = await startKeyring(folder)
  try {
    const app = await launch({ env: keyring.environment, preload: keyring.preload })
    const { page } = app
    await openEmpty(page)
    await openConnections(page)
    await page.getByRole('button', { name: 'Connect to Kafka' }).click()
    const dialog = page.getByRole('dialog', { name: 'New connection' })
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('shop')
    await dialog.getByRole('textbox', { name: 'Host and port' }).fill(kafka.at('SASLTLS'))
    await dialog.getByRole('switch', { name: 'Encrypted (TLS)' }).click()
    await dialog.getByRole('combobox', { name: 'Sign-in' }).selectOption('SCRAM-SHA-512')
    await dialog.getByRole('textbox', { name: 'User name' }).fill('alice')
    await dialog.getByLabel('Password', { exact: true }).fill('not-the-password')

    // Each wrong setting is named, one after the other.
    await dialog.getByRole('button', { name: 'Also a topic…' }).click()
    await dialog.getByRole('textbox', { name: 'Topic' }).fill('closed-topic')
    await dialog.getByRole('textbox', { name: 'Reading as' }).fill('millrace-x')
    await tested(dialog, 'Encrypt the line', 'failed', /authority that is not trusted/)
    await chooseFile(page, dialog, 'Certificate authority: choose a file', kafka.file('ca.pem'))
    await tested(dialog, 'Sign in', 'failed', /does not let alice in/)
    await expectNoFindings(page, 'the dialog of a connection with a sign-in', 'popup')
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await tested(dialog, 'Topic closed-topic', 'failed', /no right to it/)
    await dialog.getByRole('textbox', { name: 'Topic' }).fill('open-topic')
    await tested(dialog, 'Topic open-topic', 'passed', /may be read and written/)
    await expect(stepsOf(dialog).getByLabel('passed', { exact: true })).toHaveCount(8)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()

    // The connection is used: topics, rows, a run that fails and says why without the password.
    await page.getByRole('button', { name: /^shop / }).click()
    await expect(page.getByRole('button', { name: /^open-topic/ })).toBeVisible({ timeout: 20_000 })
    await expect(page.getByRole('button', { name: /^closed-topic/ })).toHaveCount(0)

    // What is kept does not come back, and does not go elsewhere.
    const edited = await editConnection(page)
    await expect(edited.getByText('Kept in the keychain of this computer.')).toBeVisible()
    expect(await page.content()).not.toContain(PASSWORD)
    await tested(edited, 'Ask Kafka', 'passed', /one broker/)
    await edited.getByRole('textbox', { name: 'Host and port' }).fill(kafka.at('SASL'))
    await edited.getByRole('switch', { name: 'Encrypted (TLS)' }).click()
    await tested(edited, 'Read the connection', 'failed', /given for another address/)
    await edited.getByRole('button', { name: 'Save' }).click()
    await expect(edited.getByText(/given for another address/)).toHaveCount(2)
    await edited.getByRole('button', { name: 'Cancel' }).click()

    // After a restart it is still there.
    await quit(app)
    await produceCities(['Oslo', 'Roma', 'Lima'])
    const again = await launch({ env: keyring.environment, preload: keyring.preload, files: [documentOfCities(folder)] })
    await expect(step(again.page, 'Cities')).toBeVisible()
    await openConnections(again.page)
    await again.page.getByRole('button', { name: /^shop / }).click()
    await expect(again.page.getByRole('button', { name: /^open-topic/ })).toBeVisible({ timeout: 20_000 })
    // And a run signs in with it.
    await chooseShop(again.page)
    await runButton(again.page).click()
    await step(again.page, 'Cities').click()
    for (const city of ['Oslo', 'Roma', 'Lima'])
      await expect(finishedRows(again.page).filter({ hasText: city })).toBeVisible({ timeout: 20_000 })
    await stopButton(again.page).click()
    await expect(runBar(again.page).getByText(/^stopped after/)).toBeVisible({ timeout: 20_000 })
    expect(app.said() + again.said()).not.toContain(PASSWORD)
    await quit(again)
    expect(filesWith(folder, PASSWORD)).toEqual([])
    expect(JSON.parse(readFileSync(path.join(folder, 'data', 'connections.json'), 'utf8'))).toMatchObject({
      shop: { kind: 'kafka', sasl: 'SCRAM-SHA-512', username: 'alice', password: '${keychain}' },
    })
    expect(Object.keys(JSON.parse(readFileSync(path.join(folder, 'data', 'secrets.json'), 'utf8')))).toEqual(['shop'])
  } finally {
    keyring.close()
  }
})

test("without a keychain the dialog says so and takes a variable; a Java client's settings come from their file", async ({
  launch,
  folder,
}) => {
  const properties = path.join(folder, 'client.properties')
  writeFileSync(
    properties,
    `bootstrap.servers=${kafka.at('SASLTLS')}
security.protocol=SASL_SSL
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="not-stored-anywhere";
ssl.truststore.type=PEM
ssl.truststore.location=/etc/kafka/ca.pem
ssl.keystore.location=client.jks
acks=all
`,
  )
  const app = await launch({ env: { MILLRACE_SHOP_PASSWORD: PASSWORD, DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_CURRENT_DESKTOP: '' } })
  const { page } = app
  await openEmpty(page)
  await openConnections(page)
  await page.getByRole('button', { name: 'Connect to Kafka' }).click()
  const dialog = page.getByRole('dialog', { name: 'New connection' })
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('shop')
  await chooseFile(page, dialog, 'Import settings of a Java client…', properties)
  await expect(dialog.getByText('Certificate authority: choose the file /etc/kafka/ca.pem.')).toBeVisible()
  await expect(dialog.getByText(/keytool -importkeystore -srckeystore client\.jks/)).toBeVisible()
  await expect(dialog.getByText(/environment variable MILLRACE_SHOP_PASSWORD/)).toBeVisible()
  await expect(dialog.getByText(/left out: acks/)).toBeVisible()
  await expect(dialog.getByText(/no keychain that Millrace can use/)).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'Environment variable of Password' })).toHaveValue('MILLRACE_SHOP_PASSWORD')
  await chooseFile(page, dialog, 'Certificate authority: choose a file', kafka.file('ca.pem'))
  await tested(dialog, 'Sign in', 'passed', /Signed in as alice/)
  await expectNoFindings(page, 'the dialog of a connection without a keychain', 'popup')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await chooseShop(page)
  await expect(runButton(page)).toBeVisible()
  await quit(app)
  expect(app.said()).not.toContain(PASSWORD)
  expect(filesWith(folder, PASSWORD)).toEqual([])
  expect(filesWith(folder, 'not-stored-anywhere')).toEqual([properties])
})

/** By the listener that asks nobody who he is. */
async function produceCities(cities: readonly string[]): Promise<void> {
  const client = new kafkajs.Kafka({ brokers: [kafka.at('PLAINTEXT')], logLevel: kafkajs.logLevel.NOTHING })
  const producer = client.producer()
  await producer.connect()
  await producer.send({ topic: 'open-topic', messages: cities.map((city) => ({ value: JSON.stringify({ city }) })) })
  await producer.disconnect()
}

/** Reads a topic and shows its rows. */
function documentOfCities(folder: string): string {
  const file = path.join(folder, 'documents', 'cities.millrace.json')
  const config = { connection: 'shop', topic: 'open-topic', columns: [{ name: 'city', type: 'STRING' }] }
  const nodes = [
    { id: 'cities', kind: 'kafka-source', title: 'Cities', config },
    { id: 'table', kind: 'table-sink', title: 'Table' },
  ]
  writeFileSync(file, JSON.stringify({ format: 1, kinds: {}, name: 'Cities', nodes, edges: [{ from: 'cities.out', to: 'table.in' }] }))
  return file
}

async function chooseShop(page: Page): Promise<void> {
  await runBar(page)
    .getByRole('button', { name: /^Runs on/ })
    .click()
  await page.getByRole('menuitemradio', { name: /^shop/ }).click()
}

async function openConnections(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Connections' }).click()
}

async function editConnection(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'More about shop' }).click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  return page.getByRole('dialog', { name: 'Connection shop' })
}

const stepsOf = (dialog: Locator): Locator => dialog.getByRole('list', { name: 'Steps of the test' })

/** Presses Test and waits for what it says of a step. */
async function tested(dialog: Locator, step: string, state: 'passed' | 'failed', words: RegExp): Promise<void> {
  await dialog.getByRole('button', { name: 'Test', exact: true }).click()
  const item = stepsOf(dialog).getByRole('listitem').filter({ hasText: step })
  await expect(item).toContainText(words, { timeout: 20_000 })
  await expect(item.getByLabel(state, { exact: true })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Test', exact: true })).toBeEnabled({ timeout: 20_000 })
}

async function chooseFile(page: Page, dialog: Locator, button: string, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: button }).click()
  await (await chooser).setFiles(file)
}

/** Files below a folder that hold a text, also as base64 and as UTF-16. */
function filesWith(folder: string, text: string): readonly string[] {
  const needles = [Buffer.from(text), Buffer.from(Buffer.from(text).toString('base64').slice(0, 24)), Buffer.from(text, 'utf16le')]
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .filter((file) => {
      const bytes = readFileSync(file)
      return needles.some((needle) => bytes.includes(needle))
    })
}

test("the app's own TLS library tells the same troubles apart, and opens the same keys", async ({ folder }) => {
  const tls = { kind: 'kafka', bootstrap: kafka.at('MUTUAL'), tls: true, ca: `\${file:${kafka.file('ca.pem')}}` }
  const own = (name: string) => ({ certificate: `\${file:${kafka.file(`${name}.pem`)}}`, key: `\${file:${kafka.file(`${name}.key`)}}` })
  const passphrase = { keyPassphrase: '${env:MILLRACE_PASSPHRASE}' }
  const connections = {
    none: tls,
    stranger: { ...tls, ...own('stranger') },
    carol: { ...tls, ...own('carol') },
    locked: { ...tls, ...own('carol'), key: `\${file:${kafka.file('carol-locked.key')}}`, ...passphrase },
    p12: { ...tls, key: `\${file:${kafka.file('carol.p12')}}`, ...passphrase },
    plain: { ...tls, bootstrap: kafka.at('PLAINTEXT') },
    expired: { ...tls, bootstrap: kafka.at('EXPIRED') },
    othername: { ...tls, bootstrap: kafka.at('OTHERNAME') },
  }
  const file = path.join(folder, 'connections.json')
  writeFileSync(file, JSON.stringify(connections))
  const main = path.resolve(import.meta.dirname, '../../dist/pipeline-runtime/cli/main.js')
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', MILLRACE_PASSPHRASE: PASSPHRASE }
  const said = (name: string): string => {
    const { stdout, stderr } = spawnSync(electronPath(), [main, 'doctor', name, '--connections', file], { env, encoding: 'utf8' })
    return stdout + stderr
  }
  expect(said('none')).toMatch(/FAIL {2}Encrypt the line .*wants to see a certificate/)
  expect(said('stranger')).toMatch(/FAIL {2}Encrypt the line .*does not accept the certificate of this connection/)
  for (const name of ['carol', 'locked', 'p12']) expect(said(name), name).not.toContain('FAIL')
  expect(said('plain')).toMatch(/FAIL {2}Encrypt the line .*speaks Kafka without TLS/)
  expect(said('expired')).toMatch(/FAIL {2}Encrypt the line .*has expired/)
  expect(said('othername')).toMatch(/FAIL {2}Encrypt the line .*kafka\.example/)
})
