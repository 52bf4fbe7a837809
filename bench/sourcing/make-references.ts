// Makes references.json anew for one case or all: `node bench/sourcing/make-references.ts [case …]`; takes minutes.

import { single_cases, singleCase } from './cases.ts'
import { findData } from './data.ts'
import { readMarkets } from './instances.ts'
import { addOrder, emptyProgram } from './program.ts'
import { referenceOf } from './references.ts'

const markets = readMarkets(findData())
for (const name of process.argv.length > 2 ? process.argv.slice(2) : single_cases) {
  for (const { name: order, network, order: asked } of singleCase(name, markets, false).referred) {
    const program = emptyProgram()
    addOrder(program, network, asked)
    const made = await referenceOf(order, program, true)
    console.log(`${name} ${order} ${made.value} ${made.proven ? 'proven' : 'unproven'} ${made.seconds.toFixed(1)} s`)
  }
}
