import { UserError } from '../../src/domain/errors';
import { serveThread } from '../../src/threads/thread';
import { EngineService } from './engine-service';
import type { Model } from './models/model';

// A family is loaded when it is first asked for: its folder is all that names it.
const families = import.meta.glob<{ createModel(): Model }>('./models/*/model.ts');

async function loadModel(family: string): Promise<Model> {
  const load = families[`./models/${family}/model.ts`];
  if (load) return (await load()).createModel();
  throw new UserError(
    'not-found',
    `This version has no model “${family}”: a later one wrote it. Use that version, or train another model.`,
  );
}

serveThread(new EngineService(loadModel));
