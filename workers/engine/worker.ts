import { expose } from '../../src/threads/rpc';
import type { Model } from './models/model';
import { EngineSession } from './session';

// A family is loaded when it is first asked for: its folder is all that names it.
const families = import.meta.glob<{ createModel(): Model }>('./models/*/model.ts');
expose(new EngineSession(async (id) => (await families[`./models/${id}/model.ts`]!()).createModel()));
