import { expose } from '../../src/threads/rpc';
import { backendChooser } from './choose-backend';
import { RaceMemory } from './compute/choice/race-memory';
import { gpuOfThread } from './compute/create-backend';
import { startShardWorker } from './compute/pool/start-worker';
import { loadKernels } from './compute/wasm/load';
import { startEncoderWorker } from './encoding-pool/start-worker';
import { EngineSession } from './session';

const supply = { cores: navigator.hardwareConcurrency, start: startShardWorker };
const races = new RaceMemory();
const encoders = { cores: navigator.hardwareConcurrency, start: startEncoderWorker };
expose(new EngineSession(backendChooser(loadKernels, supply, gpuOfThread, races), races, encoders));
