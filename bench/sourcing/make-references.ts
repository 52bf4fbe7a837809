// Makes references.tsv anew for one case or all: `node bench/sourcing/make-references.ts [case …]`; takes minutes.

import { boundBatch } from './batch-bound.ts'
import { batchCases } from './batch-case.ts'
import { single_cases, singleCase } from './cases.ts'
import { findData } from './data.ts'
import { readMarkets } from './instances.ts'
import { addOrder, emptyProgram } from './program.ts'
import { digestOf, keepReference, limit_seconds, referenceOf } from './references.ts'

const markets = readMarkets(findData())
const batches = batchCases(markets, 500)
const all = [...single_cases, ...batches.map(({ name }) => name)]
for (const name of process.argv.length > 2 ? process.argv.slice(2) : all) {
  const shared = batches.find((one) => one.name === name)
  if (shared) {
    const made = await boundBatch(shared.batch, limit_seconds, (line) => console.log(`${name} ${line}`))
    keepReference(name, digestOf(shared.batch), made)
    continue
  }
  for (const { name: order, network, order: asked } of singleCase(name, markets, false).referred) {
    const program = emptyProgram()
    addOrder(program, network, asked)
    const made = await referenceOf(order, program, true)
    console.log(`${name} ${order} ${made.value} ${made.proven ? 'proven' : 'unproven'} ${made.seconds.toFixed(1)} s`)
  }
}
