-- A stand-in for Hammerspoon: it has the names that Hammerspoon has and refuses all others, checks what it is given as
-- Hammerspoon does, and leaves the doing (sockets, HTTP, timers, files) to the process that started it, which does it
-- for real. One JSON object a line both ways: effects out, events in.
-- Names: hammerspoon.org/docs, version 1.0, of the modules that are used here.

local json = dofile(FOLDER .. "/json.lua")

local NAMES = {
  hs = "alert http json menubar pathwatcher socket timer urlevent websocket hotkey reload processInfo",
  ["hs.alert"] = "defaultStyle closeAll closeSpecific show showWithImage",
  ["hs.hotkey"] = "alertDuration assignable bind bindSpec deleteAll disableAll getHotkeys modal new showHotkeys systemAssigned",
  ["hs.http"] = "asyncGet asyncPost convertHtmlEntities doAsyncRequest doRequest encodeForQuery get htmlEntities post registerEntity urlParts",
  ["hs.json"] = "decode encode read write",
  ["hs.menubar"] = "new newWithPriority priorities",
  ["hs.menubar object"] = "autosaveName delete frame icon imagePosition isInMenuBar isInMenubar popupMenu priority removeFromMenuBar returnToMenuBar setClickCallback setIcon setMenu setTitle setTooltip stateImageSize title",
  ["hs.pathwatcher"] = "new",
  ["hs.pathwatcher object"] = "start stop",
  ["hs.socket"] = "new parseAddress server timeout udp",
  ["hs.socket object"] = "connect connected connections disconnect info listen read receive send setCallback setTimeout startTLS write",
  ["hs.timer"] = "absoluteTime days delayed doAfter doAt doEvery doUntil doWhile hours localTime minutes new seconds secondsSinceEpoch usleep waitUntil waitWhile weeks",
  ["hs.timer object"] = "fire nextTrigger running setNextTrigger start stop",
  ["hs.urlevent"] = "bind getAllHandlersForScheme getDefaultHandler httpCallback mailtoCallback openURL openURLWithBundle setDefaultHandler setRestoreHandler",
  ["hs.websocket"] = "new",
  ["hs.websocket object"] = "close send status",
}

-- A table that has `members`, knows the rest of Hammerspoon's names but does not play them, and refuses all others.
local function strict(name, members, meta)
  meta = meta or {}
  function meta.__index(_, key)
    local isKnown = (" " .. NAMES[name] .. " "):find(" " .. tostring(key) .. " ", 1, true)
    error((isKnown and "the stand-in does not play " or "Hammerspoon has no ") .. name .. "." .. tostring(key), 2)
  end
  function meta.__newindex(_, key) error(name .. "." .. tostring(key) .. " is not ours to set", 2) end
  return setmetatable(members, meta)
end

-- Types of arguments, as Hammerspoon insists on them: "string number function?" …
local function check(name, wanted, ...)
  local at = 0
  for word in wanted:gmatch("%S+") do
    at = at + 1
    local given, kind = select(at, ...), word:gsub("%?$", "")
    if not (type(given) == kind or (given == nil and word:sub(-1) == "?")) then
      error(("%s: argument %d is a %s, not a %s"):format(name, at, type(given), kind), 3)
    end
  end
  if select("#", ...) > at then error(name .. ": too many arguments", 3) end
end

local function effect(name, id, values)
  values = values or {}
  values.effect, values.id = name, id
  io.stdout:write(json.encode(values), "\n")
  io.stdout:flush()
end

local objects, ids, last = setmetatable({}, { __mode = "v" }), setmetatable({}, { __mode = "k" }), 0
local held = {} -- what Hammerspoon itself holds on to: keys, requests under way

-- Something that lives outside of Lua: effects name it, events come back for it. As in Hammerspoon it ends when nobody
-- in Lua holds it any more.
local function object(name, members, handle)
  last = last + 1
  local id = last
  local made = strict(name .. " object", members, { handle = handle, __gc = function() effect("collected", id) end })
  objects[id], ids[made] = made, id
  return made, id
end

-- ---- the modules

local function newSocket(...)
  check("hs.socket.new", "function?", ...)
  local onData, onConnect = (...), nil
  local members = {}
  function members.connect(self, ...)
    check("hs.socket:connect", "string number function?", ...)
    local host, port
    host, port, onConnect = ...
    effect("connect", ids[self], { host = host, port = port })
    return self
  end
  function members.write(self, ...)
    check("hs.socket:write", "string", ...)
    effect("write", ids[self], { data = (...) })
    return self
  end
  function members.read(self, ...)
    check("hs.socket:read", "string", ...)
    effect("read", ids[self], { delimiter = (...) })
    return self
  end
  function members.disconnect(self)
    effect("disconnect", ids[self])
    return self
  end
  return (object("hs.socket", members, function(event)
    if event.what == "connected" and onConnect then onConnect() end
    if event.what == "data" then onData(event.data, -1) end
  end))
end

local function newTimer(isRepeated, name, ...)
  check(name, "number function", ...)
  local seconds, call = ...
  local members = {}
  function members.stop(self)
    effect("stopTimer", ids[self])
    return self
  end
  local made, id = object("hs.timer", members, function() call() end)
  effect("timer", id, { seconds = seconds, isRepeated = isRepeated })
  return made
end

local function newMenu(...)
  check("hs.menubar.new", "boolean? string?", ...)
  local members, onClick = {}, nil
  function members.setTitle(self, ...)
    check("hs.menubar:setTitle", "string?", ...)
    effect("title", ids[self], { text = (...) })
    return self
  end
  function members.setTooltip(self, ...)
    check("hs.menubar:setTooltip", "string", ...)
    effect("tooltip", ids[self], { text = (...) })
    return self
  end
  function members.setClickCallback(self, ...)
    check("hs.menubar:setClickCallback", "function?", ...)
    onClick = ...
    return self
  end
  function members.delete(self) effect("deleteMenu", ids[self]) end
  local made, id = object("hs.menubar", members, function() onClick({}) end)
  effect("menu", id)
  return made
end

local function newWatcher(...)
  check("hs.pathwatcher.new", "string function", ...)
  local folder, call = ...
  local members = {}
  function members.start(self)
    effect("watch", ids[self], { folder = folder })
    return self
  end
  function members.stop(self) effect("unwatch", ids[self]) end
  return (object("hs.pathwatcher", members, function(event)
    local flags = {}
    for at in ipairs(event.paths) do flags[at] = { itemModified = true, itemIsFile = true } end
    call(event.paths, flags)
  end))
end

local function newWebSocket(...)
  check("hs.websocket.new", "string function", ...)
  local url, call = ...
  local members = {}
  function members.send(self, ...)
    check("hs.websocket:send", "string boolean?", ...)
    local message, isData = ...
    effect("send", ids[self], { message = message, isData = isData ~= false })
    return self
  end
  function members.close(self)
    effect("closeWebSocket", ids[self])
    return self
  end
  local made, id = object("hs.websocket", members, function(event) call(event.what, event.message) end)
  effect("webSocket", id, { url = url })
  return made
end

local function asyncGet(...)
  check("hs.http.asyncGet", "string table? function", ...)
  local url, _, call = ...
  local made, id = object("hs.timer", {}, function(event)
    call(event.status, event.body, event.status > 0 and {} or nil)
  end)
  held[made] = true
  effect("get", id, { url = url })
end

local function encodeForQuery(...)
  check("hs.http.encodeForQuery", "string", ...)
  return ((...):gsub("[^%w%-%._~]", function(each) return ("%%%02X"):format(each:byte()) end))
end

hs = strict("hs", {
  alert = strict("hs.alert", { show = function(...)
    check("hs.alert.show", "string", ...)
    effect("alert", 0, { text = (...) })
  end }),
  hotkey = strict("hs.hotkey", { bind = function(...)
    check("hs.hotkey.bind", "table string function", ...)
    local _, key, call = ...
    local made, id = object("hs.timer", {}, function() call() end)
    held[made] = true
    effect("hotkey", id, { key = key })
  end }),
  http = strict("hs.http", { asyncGet = asyncGet, encodeForQuery = encodeForQuery }),
  json = strict("hs.json", { decode = json.decode, encode = json.encode }),
  menubar = strict("hs.menubar", { new = newMenu }),
  pathwatcher = strict("hs.pathwatcher", { new = newWatcher }),
  socket = strict("hs.socket", { new = newSocket }),
  timer = strict("hs.timer", {
    doAfter = function(...) return newTimer(false, "hs.timer.doAfter", ...) end,
    doEvery = function(...) return newTimer(true, "hs.timer.doEvery", ...) end,
  }),
  urlevent = strict("hs.urlevent", { openURL = function(...)
    check("hs.urlevent.openURL", "string", ...)
    effect("open", 0, { url = (...) })
    return true
  end }),
  websocket = strict("hs.websocket", { new = newWebSocket }),
})

-- What Lua prints goes to Hammerspoon's console.
function print(...)
  effect("print", 0, { text = table.concat({ ... }, "\t") })
end

-- What a test asks for: runs Lua, `answer(...)` in it is the result.
local function run(event)
  function answer(result, problem) effect("answer", event.id, { result = result, problem = problem }) end
  local chunk, wrong = load(event.lua, "=test")
  local isFine, problem = pcall(chunk or error, wrong)
  if not isFine then effect("raised", event.id, { problem = tostring(problem) }) end
end

--- Plays events until their end.
local function play()
  for line in io.lines() do
    local event = json.decode(line)
    if event.lua then
      run(event)
    elseif objects[event.id] then
      getmetatable(objects[event.id]).handle(event)
    end
    event = nil
    collectgarbage()
  end
end

return play
