import { expose } from '../../src/threads/rpc';
import { EngineService } from './engine-service';
import type { Model } from './models/model';

// A family is loaded when it is first asked for: its folder is all that names it.
const families = import.meta.glob<{ createModel(): Model }>('./models/*/model.ts');
expose(new EngineService(async (id) => (await families[`./models/${id}/model.ts`]!()).createModel()));
