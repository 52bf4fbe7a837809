// What is wrong with a mapping or a file is said before anything is kept: which file, where in it, and what to do.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type ImportOptions, importFiles, MappingFault, readMapping } from '../../src/modules/intake/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { counts } from './shop.ts'
import { type Files, manyInvoices, writeFiles } from './write-files.ts'

const stock = { TEA: 100_000, POT: 100_000 }

async function refusal(world: World, files: Files, more: Partial<ImportOptions> = {}): Promise<string> {
  const { mapping, text, folder } = files
  const answer = await importFiles(world.context('system'), { mapping, text, folders: [folder], ...more }).then(
    () => 'imported',
    (error: unknown) => error,
  )
  expect(answer).toBeInstanceOf(MappingFault)
  expect(await counts(world)).toMatchObject({ orders: 0, staged: 0, files: 0 })
  return answer instanceof Error ? answer.message.replaceAll(folder, '…') : ''
}

/** The files with that of lines replaced. */
function withLines(bytes: Buffer): Files {
  const files = writeFiles(manyInvoices(2_000))
  writeFileSync(join(files.folder, 'lines.csv.gz'), bytes)
  return files
}

const good = Buffer.from(`invoice,sku,quantity,price,at,customer,city\n${manyInvoices(2_000).join('\n')}\n`)

test('a column that a file does not have is named with the header that it has', async () => {
  await using world = await freshWorld({ stock })
  const files = writeFiles(manyInvoices(3), { line: { sku: 'article', quantity: 'quantity', unit_price: 'price' } })
  expect(await refusal(world, files)).toBe(
    'the file lines (…/lines.csv.gz) has no column article: its header is invoice, sku, quantity, price, at, customer, city; mend the name in the mapping, or take the file that it was written for',
  )
})

test('a file with another delimiter is recognised by its header', async () => {
  await using world = await freshWorld({ stock })
  const files = withLines(gzipSync(good.toString().replaceAll(',', ';')))
  expect(await refusal(world, files)).toContain('say "delimiter": ";" for it in the mapping')
})

test('a file that is not there is named with the folders that were looked in', async () => {
  await using world = await freshWorld({ stock })
  const files = writeFiles(manyInvoices(3), { files: { lines: { path: 'gone.csv' } } })
  expect(await refusal(world, files)).toBe(
    'there is no file gone.csv in …: put it there, or mend "path" in the mapping',
  )
})

test('an archive that was cut off is told with the line after which it ends, and nothing of it is kept', async () => {
  await using world = await freshWorld({ stock })
  const whole = gzipSync(good, { level: 0 })
  const message = await refusal(world, withLines(whole.subarray(0, whole.length / 2)))
  expect(message).toMatch(
    /^…\/lines\.csv\.gz is cut off after line \d{3,} \(unexpected end of gzip data\): fetch it again/,
  )
})

test('a damaged archive and one that is none are told apart from a cut one', async () => {
  await using world = await freshWorld({ stock })
  const damaged = gzipSync(good)
  damaged.fill(0, damaged.length - 8)
  expect(await refusal(world, withLines(damaged))).toMatch(
    /is no intact gzip file after line \d{3,} \(incorrect data check\)/,
  )
  expect(await refusal(world, withLines(good))).toContain('take .gz off its name if it is plain text')
})

test('text in another encoding is told with its line, and read where the mapping says which', async () => {
  await using world = await freshWorld({ stock })
  const lines = ['I1,TEA,1,12.50,2026-01-05 10:00,7,Hangzhou', 'I2,TEA,1,12.50,2026-01-05 10:00,8,']
  const header = 'invoice,sku,quantity,price,at,customer,city\n'
  // 杭州 in GB 18030
  const bytes = Buffer.concat([
    Buffer.from(`${header}${lines[0]}\n${lines[1]}`),
    Buffer.from([0xba, 0xbc, 0xd6, 0xdd, 0x0a]),
  ])
  const files = withLines(gzipSync(bytes))
  expect(await refusal(world, files)).toMatch(/is not utf-8 after line 2: say its encoding in the mapping/)
  const lines_gb = { path: 'lines.csv.gz', encoding: 'gb18030' }
  const { mapping, text, folder } = writeFiles(manyInvoices(1), {
    files: { lines: lines_gb, titles: { path: 'titles.csv', key: 'titles.sku', by: 'sku' } },
  })
  writeFileSync(join(folder, 'lines.csv.gz'), gzipSync(bytes))
  const result = await importFiles(world.context('system'), { mapping, text, folders: [folder] })
  expect(result.orders).toEqual({ accepted: 2 })
  const cities = await world.transaction(
    (tx) => tx.sql<{ ship_city: string | null }[]>`
      select ship_city from orders.order where tenant_id = ${tx.tenant} and external_id = 'I2'`,
  )
  expect(cities[0]?.ship_city).toBe('杭州')
  const wrong = writeFiles(manyInvoices(1), { files: { lines: { path: 'lines.csv.gz', encoding: 'klingon' } } })
  await expect(
    importFiles(world.context('system'), { mapping: wrong.mapping, text: wrong.text, folders: [wrong.folder] }),
  ).rejects.toThrow('klingon is no encoding')
})

test('a report that cannot be written is told before anything is begun', async () => {
  await using world = await freshWorld({ stock })
  const message = await refusal(world, writeFiles(manyInvoices(3)), { report_path: '/nowhere/at/all.csv' })
  expect(message).toMatch(/^the report cannot be written: ENOENT/)
  const begun = await world.transaction(
    (tx) =>
      tx.sql<{ runs: number }[]>`select count(*)::int as runs from intake.import_run where tenant_id = ${tx.tenant}`,
  )
  expect(begun[0]?.runs).toBe(0)
})

test('a mapping that is no JSON, does not fit its schema or is not there is told with the place', async () => {
  const { folder } = writeFiles([])
  const of = async (text: string) => {
    writeFileSync(join(folder, 'm.json'), text)
    return readMapping(join(folder, 'm.json')).then(String, (error: Error) => error.message)
  }
  expect(await of('{"name": "x",}')).toMatch(/m\.json is not JSON: .*position 13/)
  expect(await of('{"name": "x"}')).toMatch(/m\.json is no mapping:\n {2}\/ must have required properties about/)
  await expect(readMapping(join(folder, 'none.json'))).rejects.toThrow(
    /the mapping .*none\.json cannot be read: ENOENT/,
  )
})
