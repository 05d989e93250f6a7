import { expose } from '../../src/threads/rpc';
import { backendChooser } from './choose-backend';
import { loadKernels } from './compute/wasm/load';
import { EngineSession } from './session';

expose(new EngineSession(backendChooser(loadKernels)));
