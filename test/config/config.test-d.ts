import { checksFrom, stagesFrom } from '../../src/config/index.ts';
import { check } from '../../src/index.ts';

checksFrom([{ type: 'json' }, { type: 'fieldPresent', paths: ['total'], name: 'total', severity: 'warning' }]);
// @ts-expect-error there is no such type
checksFrom([{ type: 'jsn' }]);
// @ts-expect-error `paths`, not `path`
checksFrom([{ type: 'fieldPresent', path: 'total' }]);
// @ts-expect-error a number
checksFrom([{ type: 'length', max: '60' }]);
// @ts-expect-error a model is named
checksFrom([{ type: 'judge', rubric: 'Good.', model: {} }]);

const registry = { checks: { addsUp: check('adds-up', () => true) }, stages: {} };
checksFrom([{ type: 'addsUp', name: 'sum' }], { registry });
// @ts-expect-error the registry does not have it
checksFrom([{ type: 'addUp' }], { registry });

stagesFrom([{ type: 'retry', attempts: 2, delay: { initialMs: 10 } }]);
// @ts-expect-error it needs attempts
stagesFrom([{ type: 'retry' }]);
