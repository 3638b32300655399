--- LiveTree in Hammerspoon: the commands of port 9001, the number of changes in the menu bar, and saves told to the hub.
---
--- Every function that asks takes a last argument `done(result, problem)`, which may be left out: `result` is nil when
--- `problem`, a sentence for people, is not. Nothing here waits; Hammerspoon goes on meanwhile.

local livetree = {
  --- Where the script listens: the first of these that answers.
  ports = { 9001, 9002, 9003, 9004, 9005 },
  --- Seconds that a port, or the hub, has for its answer.
  patience = 1,
  --- Seconds between two looks at the number of changes.
  every = 5,
  --- Seconds after the last event of a file until the hub is told: Live writes a Set in several steps.
  rest = 0.5,
  --- Folder of the hub's `hub.json`, when it is not the usual one.
  stateFolder = nil,
}

local LINE_LIMIT = 256 -- bytes, docs/port-9001.md

local foundPort -- the port that answered last
local kept = {} -- Hammerspoon ends sockets and timers that nobody holds

local function keep(thing)
  kept[thing] = true
  return thing
end

local function report(_, problem)
  if problem then print("LiveTree: " .. problem) end
end

--- JSON as a table, or nil.
local function decode(text)
  local isFine, value = pcall(hs.json.decode, text)
  return isFine and type(value) == "table" and value or nil
end

-- Runs `finish` once: by whoever calls what is returned, or with `problem` when time is over.
local function once(problem, finish)
  local timer
  local function done(...)
    if not timer then return end
    timer:stop()
    kept[timer] = nil
    timer = nil
    finish(...)
  end
  timer = keep(hs.timer.doAfter(livetree.patience, function() done(nil, problem) end))
  return done
end

-- ---- port 9001

local function answerOf(line)
  local answer = decode(line)
  if not answer or answer.ok == nil then return nil, "what listens there is not LiveTree" end
  if answer.ok then return answer.result end
  return nil, tostring(answer.error), true
end

-- One line to one port. `finish(result, problem, isAnswer)`; `isAnswer`: it was LiveTree that refused.
local function askPort(port, line, finish)
  local socket
  local done = once("no answer", function(...)
    socket:disconnect()
    kept[socket] = nil
    finish(...)
  end)
  socket = keep(hs.socket.new(function(data) done(answerOf(data)) end))
  socket:connect("127.0.0.1", port, function()
    socket:write(line .. "\n")
    socket:read("\n")
  end)
end

local function tryPorts(ports, at, line, done)
  local port = ports[at]
  if not port then
    foundPort = nil
    return done(nil, "Live does not answer. Is it running, with LiveTree chosen as control surface?")
  end
  askPort(port, line, function(result, problem, isAnswer)
    if problem and not isAnswer then return tryPorts(ports, at + 1, line, done) end
    foundPort = port
    done(result, problem)
  end)
end

--- Sends one line to the script in Live, as `nc` does.
function livetree.ask(line, done)
  done = done or report
  if line:find("[\r\n]") then return done(nil, "A command is one line.") end
  if #line > LINE_LIMIT then return done(nil, "A command has at most " .. LINE_LIMIT .. " bytes.") end
  local ports = { foundPort }
  for _, port in ipairs(livetree.ports) do
    if port ~= foundPort then ports[#ports + 1] = port end
  end
  tryPorts(ports, 1, line, done)
end

--- All commands with what they do.
function livetree.help(done) livetree.ask("help", done) end

--- Versions of the script and of Live.
function livetree.version(done) livetree.ask("version", done) end

--- How the script is.
function livetree.state(done) livetree.ask("state", done) end

--- `view`, `track` and `scene`: what is shown and selected.
function livetree.view(done) livetree.ask("view", done) end

--- `name` and `path` of the Set.
function livetree.path(done) livetree.ask("path", done) end

--- Reads the whole Set anew.
function livetree.snapshot(done) livetree.ask("snapshot", done) end

--- `isOn`: true or false switches, nil only asks.
function livetree.realtime(isOn, done)
  local word = isOn == nil and "" or isOn and " on" or " off"
  livetree.ask("realtime" .. word, done)
end

--- By name as Live shows it, or by number from 1.
function livetree.selectTrack(track, done) livetree.ask("select_track " .. track, done) end

--- By name, or by number from 1.
function livetree.selectScene(scene, done) livetree.ask("select_scene " .. scene, done) end

-- ---- the hub

local function stateFolder()
  return livetree.stateFolder or os.getenv("LIVETREE_STATE_DIR")
    or (os.getenv("HOME") or "") .. "/Library/Application Support/LiveTree"
end

--- What the hub of this user left in its `hub.json` (`url`, `host`, `port`, `token` …); nil when none runs.
function livetree.hub()
  local file = io.open(stateFolder() .. "/hub.json", "r")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  local state = decode(text)
  return state and state.url and state.token and state
end

local NO_HUB = "LiveTree is not running. In a terminal: livetree serve"

--- Opens the page in the browser.
function livetree.openViewer()
  local hub = livetree.hub()
  if hub then return hs.urlevent.openURL(hub.url) end
  hs.alert.show(NO_HUB)
  return false
end

--- The Sets of the hub, as `GET /api/sets` has them.
function livetree.sets(done)
  done = done or report
  local hub = livetree.hub()
  if not hub then return done(nil, NO_HUB) end
  local page, query = hub.url:match("^([^?]*)(.*)$")
  hs.http.asyncGet((page:gsub("/$", "")) .. "/api/sets" .. query, nil, function(status, body)
    if status < 0 then return done(nil, NO_HUB) end
    local answer = status == 200 and decode(body)
    if not answer or type(answer.sets) ~= "table" then
      return done(nil, "LiveTree answered " .. status .. ": " .. tostring(body):sub(1, 80))
    end
    done(answer.sets)
  end)
end

-- ---- the menu bar

local item, timer

local function changesOf(set)
  local changes = type(set.unsaved) == "table" and set.unsaved.changes
  return math.type(changes) and math.floor(changes) or nil
end

local function sinceOf(set)
  local savedAt = type(set.file) == "table" and set.file.savedAt
  return math.type(savedAt) and " since " .. os.date("%H:%M", savedAt // 1000) or " since the last save"
end

local function sentenceOf(set)
  local name, changes = tostring(set.name), changesOf(set)
  if not changes then return name end
  if changes == 0 then return name .. ": nothing that Live reports" .. sinceOf(set) end
  return name .. ": " .. changes .. (changes == 1 and " change" or " changes") .. sinceOf(set)
end

local function show(sets, problem)
  if not item then return end
  local total, lines = nil, {}
  for _, set in ipairs(sets or {}) do
    local changes = changesOf(set)
    if changes then total = (total or 0) + changes end
    lines[#lines + 1] = sentenceOf(set)
  end
  item:setTitle(problem and "LT –" or total and total > 0 and "LT " .. total or "LT")
  item:setTooltip(problem or #lines > 0 and table.concat(lines, "\n") or "No Set is open in LiveTree.")
end

--- Asks now for the number of changes.
function livetree.refresh() livetree.sets(show) end

--- Shows the number of changes since the last save in the menu bar; a click opens the page.
function livetree.startMenu()
  if item then return end
  item = hs.menubar.new()
  if not item then return report(nil, "The menu bar has no room.") end
  show(nil, nil)
  item:setClickCallback(livetree.openViewer)
  timer = hs.timer.doEvery(livetree.every, livetree.refresh)
  livetree.refresh()
end

--- Takes it out of the menu bar.
function livetree.stopMenu()
  if timer then timer:stop() end
  if item then item:delete() end
  item, timer = nil, nil
end

-- ---- saves

local function address(hub)
  local host = hub.host:find(":", 1, true) and "[" .. hub.host .. "]" or hub.host
  return "ws://" .. host .. ":" .. hub.port .. "/sync?token=" .. hs.http.encodeForQuery(hub.token)
end

local function send(socket, message)
  socket:send(hs.json.encode(message), false) -- false: as text
end

--- Tells the hub that a file has changed; it looks at it at once. `done(true)`, or `done(nil, problem)`, also when the
--- hub does not show that Set.
function livetree.fileChanged(path, done)
  done = done or report
  local hub = livetree.hub()
  if not hub then return done(nil, NO_HUB) end
  local socket
  local finish = once("LiveTree does not answer.", function(...)
    socket:close()
    kept[socket] = nil
    done(...)
  end)
  socket = keep(hs.websocket.new(address(hub), function(event, message)
    if event == "open" then
      -- A Set that there is not: what follows a welcome for none is no tree.
      send(socket, { type = "hello", protocol = hub.protocol, request = "hello", set = "none" })
    elseif event == "received" then
      local heard = decode(message)
      if heard and heard.type == "welcome" then
        send(socket, { type = "command", request = "file", name = "file_changed", args = { path = path } })
      elseif heard and heard.type == "result" then
        if heard.ok then finish(true) else finish(nil, tostring(heard.message)) end
      end
    elseif event == "fail" or event == "closed" then
      finish(nil, "LiveTree cannot be reached" .. (message and ": " .. tostring(message) or "."))
    end
  end))
end

local function isSet(path)
  return path:lower():match("%.als$") and not path:find("/Backup/", 1, true)
end

--- Watches a folder with all below it, and tells the hub of each Set that is saved there: for volumes where LiveTree
--- itself hears of no saves. `done` is called for each. Hold on to what is returned; its `stop()` ends it.
function livetree.watchSaves(folder, done)
  local resting = {}
  local function told(path)
    resting[path] = nil
    livetree.fileChanged(path, done)
  end
  local watcher = hs.pathwatcher.new(folder, function(paths)
    for _, path in ipairs(paths) do
      if isSet(path) then
        if resting[path] then resting[path]:stop() end
        resting[path] = hs.timer.doAfter(livetree.rest, function() told(path) end)
      end
    end
  end)
  if not watcher then return nil end
  return watcher:start()
end

return livetree
