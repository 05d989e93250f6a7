export { setDropout, setLevels, setRows, setScratch, setTarget } from './context';
export { drawPlaces, drawRows, placeProbabilityRows, probabilityRows } from './generate';
export { gatherRows, gemm, scatterRows } from './gemm';
export { accumulateGradients, adamw, evaluateRows } from './train';
export { transpose } from './transpose';
