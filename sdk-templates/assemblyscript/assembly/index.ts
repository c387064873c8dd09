import { answer } from "./hello";
import { Request } from "./mayfly";

answer(new Request()).send();
