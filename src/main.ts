// The command line of Ordo: every way to run it, each command with its help, clear errors and exit codes.
import { Command } from 'commander'
import { currencyCode, emailAddress, languageCode, portNumber, timeZone, wholeNumber } from './cli/read-options.ts'
import { SchemaTooNew } from './platform/migrate.ts'
import { Problem, problemCatalogue } from './platform/problem.ts'

const program = new Command('ordo').description('Order management for e-commerce.').showHelpAfterError('(see --help)')

function usualPort(): number {
  const text = process.env.PORT ?? '4600'
  try {
    return portNumber(text)
  } catch {
    throw new Error(`PORT is "${text}": give a whole number from 0 to 65535`)
  }
}

program
  .command('start')
  .description(
    'Start everything in one process: database, migrations, demo data once, API, worker, sandbox payment provider.',
  )
  .option('--port <port>', 'port of the HTTP server; otherwise PORT, otherwise 4600', portNumber)
  .option('--no-demo', 'no demo merchant')
  .action(async (options: { port?: number; demo: boolean }) => {
    const { start } = await import('./cli/start.ts')
    await start({ port: options.port ?? usualPort(), demo: options.demo })
  })

program
  .command('api')
  .description('Serve HTTP only; needs DATABASE_URL and ORDO_KEY.')
  .option('--port <port>', 'port of the HTTP server; otherwise PORT, otherwise 4600', portNumber)
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .action(async (options: { port?: number; host: string }) => {
    const { serveApi } = await import('./cli/start.ts')
    await serveApi({ port: options.port ?? usualPort(), host: options.host })
  })

program
  .command('worker')
  .description('Run the steps only; needs DATABASE_URL and ORDO_KEY. Start as many as you like.')
  .option('--slots <count>', 'batches at the same time', wholeNumber(1, 64), 3)
  .action(async (options: { slots: number }) => {
    const { serveWorker } = await import('./cli/start.ts')
    await serveWorker(options.slots)
  })

program
  .command('migrate')
  .description(
    'Bring the database to the schema of this program; needs DATABASE_ADMIN_URL (or DATABASE_URL of the owner).',
  )
  .action(async () => {
    const { migrateCommand } = await import('./cli/migrate.ts')
    await migrateCommand()
  })

const tenant = program.command('tenant').description('Tenants: the merchants that this Ordo serves.')
tenant
  .command('create <code>')
  .description('Make a tenant with its first administrator; prints the password once.')
  .requiredOption('--name <name>', 'name of the merchant')
  .requiredOption('--email <email>', 'e-mail of the first administrator', emailAddress)
  .option('--currency <code>', 'base currency', currencyCode, 'CNY')
  .option('--zone <zone>', 'time zone', timeZone, 'Asia/Shanghai')
  .option('--locale <locale>', 'zh-CN or en', languageCode, 'zh-CN')
  .action(async (code: string, options: import('./cli/tenant.ts').FirstAdmin) => {
    const { createTenantCommand } = await import('./cli/tenant.ts')
    await createTenantCommand(code, options)
  })

program
  .command('invariants')
  .description('Run every invariant over all tenants; exit code 1 and the rows where one is broken.')
  .option('--json', 'one JSON object a line')
  .option('--tenant <code>', 'one tenant only')
  .action(async (options: { json?: boolean; tenant?: string }) => {
    const { invariantsCommand } = await import('./cli/invariants.ts')
    process.exitCode = await invariantsCommand(options)
  })

const erasures = program.command('erasures').description('Erasures of personal data: keep their log, replay it.')
erasures
  .command('export')
  .description('Print the log of erasures as JSON lines, without personal data; keep them outside the database.')
  .action(async () => {
    const { exportErasuresCommand } = await import('./cli/erasures.ts')
    await exportErasuresCommand()
  })
erasures
  .command('replay [file]')
  .description('After a restore: erase again whom the backup brought back, by the lines of `export` or by the own log.')
  .action(async (file: string | undefined) => {
    const { replayErasuresCommand } = await import('./cli/erasures.ts')
    await replayErasuresCommand(file)
  })

program
  .command('doctor')
  .description('Look at the set-up: database, roles, schema, keys, dead letters; say what to mend.')
  .action(async () => {
    const { doctor } = await import('./cli/doctor.ts')
    process.exitCode = await doctor()
  })

program
  .command('demo')
  .description('Load the demo merchant into this database if it is not there.')
  .action(async () => {
    const { demoCommand } = await import('./cli/start.ts')
    await demoCommand()
  })

program
  .command('openapi')
  .description('Write docs/openapi.json from the routes; --check compares instead.')
  .option('--check', 'exit code 1 where the document differs')
  .action(async (options: { check?: boolean }) => {
    const { openapiCommand } = await import('./cli/openapi.ts')
    process.exitCode = await openapiCommand(options.check === true)
  })

const files = program.command('import').description('Orders from files, by a mapping (see docs/guides/import.md).')
files
  .command('orders <folder>')
  .description('Import orders from CSV files (.gz too); every row and every amount is accounted for.')
  .requiredOption('--map <file>', 'the mapping, for example mappings/olist.json')
  .option('--tenant <code>', 'whose orders they are', 'demo')
  .option('--dry-run', 'read, map and report, keep nothing')
  .option('--resume', 'go on with an import of the same files that was interrupted')
  .option('--report <file>', 'a line for every row: .csv or .jsonl')
  .option('--limit <count>', 'orders at most')
  .option('--through <stage>', 'carry the orders on: delivered')
  .option('--json', 'the summary as JSON')
  .action(async (folder: string, options: import('./cli/import-orders.ts').ImportOptions) => {
    const { importOrdersCommand } = await import('./cli/import-orders.ts')
    process.exitCode = await importOrdersCommand(folder, options)
  })
files
  .command('setup <folder>')
  .description('Make what the orders of a mapping need: tenant, sites, shop, carriers, review rules, SKUs, stock.')
  .requiredOption('--map <file>', 'the mapping, for example mappings/olist.json')
  .option('--tenant <code>', 'made where there is none', 'demo')
  .option('--seed <number>', 'chance of sizes and stock', '7')
  .action(async (folder: string, options: import('./cli/import-setup.ts').SetupOptions) => {
    const { importSetupCommand } = await import('./cli/import-setup.ts')
    process.exitCode = await importSetupCommand(folder, options)
  })

program
  .command('bench <name>')
  .description(
    'Measure beside a baseline in the same run: intake, flow, hot, buyers (200 for 100 units), search, sourcing.',
  )
  .option('--json', 'one JSON object a line')
  .option('--short', 'a short form that shows that it runs')
  .option('--case <name>', 'one case of sourcing alone')
  .action(async (name: string, options: { json?: boolean; short?: boolean; case?: string }) => {
    const { bench } = await import('../bench/index.ts')
    process.exitCode = await bench(name, options)
  })

program
  .command('disaster')
  .description(
    'Play a disaster on a database of its own: a region closes, a worker is killed, all is undone; prove it.',
  )
  .option('--orders <count>', 'orders on the floor', wholeNumber(20, 50_000), 2000)
  .option('--json', 'one JSON object')
  .action(async (options: import('../bench/disaster/run.ts').DisasterOptions) => {
    const { disaster } = await import('../bench/disaster/run.ts')
    process.exitCode = await disaster(options)
  })

program
  .command('surge')
  .description('Play a surge on a database of its own: ten times the orders for two hours, with live load and without.')
  .option('--scale <times>', 'times the usual number of orders', wholeNumber(1, 20), 1)
  .option('--hours <count>', 'how long it lasts, from eight in the morning', wholeNumber(4, 240), 48)
  .option('--at-least <percent>', 'urgent orders that keep their promise with live load', wholeNumber(0, 100), 95)
  .option('--chart <file>', 'write the chart as SVG')
  .option('--json', 'one JSON object')
  .action(
    async ({
      atLeast,
      ...options
    }: Omit<import('../bench/surge/run.ts').SurgeOptions, 'at_least'> & { atLeast: number }) => {
      const { surge } = await import('../bench/surge/run.ts')
      process.exitCode = await surge({ ...options, at_least: atLeast })
    },
  )

program
  .command('solve <problem>')
  .description('Solve an instance given as JSON on standard input: sourcing or assign (see docs/solvers).')
  .action(async (problem: string) => {
    const { solveCommand } = await import('./cli/solve.ts')
    process.exitCode = await solveCommand(problem)
  })

try {
  await program.parseAsync()
} catch (error) {
  const text =
    error instanceof Problem
      ? `${error.code}: ${error.message} ${problemCatalogue().get(error.code)?.fix.en ?? ''} ${JSON.stringify({ ...error.details, errors: error.errors })}`
      : error instanceof Error
        ? error.message
        : String(error)
  process.stderr.write(`ordo: ${text}\n`)
  if (process.env.ORDO_TRACE !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  // Pools and servers that are still open must not keep a failed command alive.
  process.exit(error instanceof SchemaTooNew ? 57 : 1)
}
